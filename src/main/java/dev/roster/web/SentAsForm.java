package dev.roster.web;

import dev.roster.access.browser.BrowserSessions;
import dev.roster.access.openid.IdTokens;
import dev.roster.api.oauth2.Form;
import dev.roster.platform.http.RequestLimits;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What applications send as a form (OpenID Connect Core section 3.1.2.1, RP-Initiated Logout section 2) goes on as a query, as
 * the form of another site brings no cookie along.
 */
@Singleton
class SentAsForm {
    private static final String HINT = "id_token_hint=";

    private final Pages pages;
    private final BrowserSessions browsers;
    private final IdTokens idTokens;
    private final int longest;

    SentAsForm(Pages pages, BrowserSessions browsers, IdTokens idTokens, RequestLimits limits) {
        this.pages = pages;
        this.browsers = browsers;
        this.idTokens = idTokens;
        longest = limits.maxUri();
    }

    /** The way on, or the answer to a form of our own; what is no form, or one that no query can hold, is refused. */
    Uni<Response> answer(RoutingContext request, String path, byte[] body, Function<Form, Uni<Response>> own) {
        return Uni.createFrom().deferred(() -> {
            String text = new String(body, StandardCharsets.ISO_8859_1);
            if (Arrays.stream(text.split("&", -1)).anyMatch(pair -> pair.startsWith(FormGuard.FIELD + "="))) {
                return own(request, path, pages.form(request, body), own);
            }
            return withShortHint(text).map(query -> onward(request, path + "?" + query));
        });
    }

    private Response onward(RoutingContext request, String path) {
        boolean fits = path.chars().allMatch(letter -> letter > ' ' && letter <= '~') && path.length() <= longest;
        return fits ? Pages.seeOther(path).build() : refused(request);
    }

    private Uni<Response> own(RoutingContext request, String path, Form form, Function<Form, Uni<Response>> answer) {
        return browsers.of(request).chain(found -> found.filter(session -> !Pages.isFor(form, session))
                .map(session -> Uni.createFrom()
                        .item(pages.ofAnother(
                                request, session, path + "?" + form.get("query").orElse(""))))
                .orElseGet(() -> answer.apply(form)));
    }

    /** Never a redirect: where to is not known, or not whose. */
    Response refused(RoutingContext request) {
        Messages messages = Language.of(request).messages();
        return pages.show(
                request,
                400,
                page -> Templates.failure(page, messages.failed(), messages.unknown_application(), "", ""));
    }

    /**
     * A query whose hint says no more than is asked of it: queries stand in histories and logs. Several hints are refused
     * later, and are not worth a signature each.
     */
    Uni<String> withShortHint(String query) {
        List<String> pairs = List.of(query.split("&", -1));
        List<String> hints =
                pairs.stream().filter(pair -> pair.startsWith(HINT)).toList();
        return hints.size() != 1
                ? Uni.createFrom().item(query)
                : idTokens.shortened(hints.get(0).substring(HINT.length())).map(hint -> pairs.stream()
                        .map(pair -> pair.startsWith(HINT) ? HINT + hint : pair)
                        .collect(Collectors.joining("&")));
    }
}
