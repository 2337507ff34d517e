package dev.roster.web;

import dev.roster.access.browser.BrowserSession;
import dev.roster.access.browser.BrowserSessions;
import dev.roster.access.grant.Authorizations;
import dev.roster.access.grant.RegisteredApplication;
import dev.roster.access.token.OAuthError;
import dev.roster.access.token.OAuthError.Code;
import dev.roster.api.oauth2.Form;
import dev.roster.caller.Issuer;
import dev.roster.platform.http.SmallBody;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The authorization endpoint (RFC 6749 section 3.1, RFC 9700 section 2.1): who is signed in and agrees is sent back to the
 * application with a code, and with the issuer, so that nothing can be mixed up (RFC 9207).
 */
@Path(AuthorizePage.PATH)
public class AuthorizePage {
    static final String PATH = "/oauth2/authorize";

    private final Pages pages;
    private final BrowserSessions browsers;
    private final Authorizations authorizations;
    private final Issuer issuer;
    private final Clock clock;

    AuthorizePage(Pages pages, BrowserSessions browsers, Authorizations authorizations, Issuer issuer, Clock clock) {
        this.pages = pages;
        this.browsers = browsers;
        this.authorizations = authorizations;
        this.issuer = issuer;
        this.clock = clock;
    }

    @GET
    @PermitAll
    public Uni<Response> authorize(@Context RoutingContext request) {
        String query = request.request().query();
        return answer(request, query == null ? "" : query, Optional.empty());
    }

    /** The form of the consent; or a request that an application sends as a form, which goes on as a query. */
    @POST
    @PermitAll
    @SmallBody
    public Uni<Response> decide(@Context RoutingContext request, byte[] body) {
        String text = new String(body, StandardCharsets.ISO_8859_1);
        if (!Arrays.stream(text.split("&", -1)).anyMatch(pair -> pair.startsWith(FormGuard.FIELD + "="))) {
            return Uni.createFrom()
                    .item(
                            text.chars().allMatch(letter -> letter > ' ' && letter <= '~')
                                    ? Pages.seeOther(PATH + "?" + text).build()
                                    : refused(request));
        }
        return Uni.createFrom().deferred(() -> {
            Form form = pages.form(request, body);
            return answer(request, form.get("query").orElse(""), form.get("decision"));
        });
    }

    private Uni<Response> answer(RoutingContext request, String query, Optional<String> decision) {
        Form parameters;
        try {
            parameters = Form.parse(query.getBytes(StandardCharsets.UTF_8));
        } catch (OAuthError repeatedOrMalformed) {
            return Uni.createFrom().item(refused(request));
        }
        return authorizations.find(parameters.get("client_id").orElse("")).chain(found -> found.flatMap(
                        application -> AuthorizationRequest.redirectUri(application, parameters)
                                .map(uri -> answer(request, query, parameters, application, uri, decision)))
                .orElseGet(() -> Uni.createFrom().item(refused(request))));
    }

    private Uni<Response> answer(
            RoutingContext request,
            String query,
            Form parameters,
            RegisteredApplication application,
            String uri,
            Optional<String> decision) {
        return Uni.createFrom()
                .deferred(() -> {
                    AuthorizationRequest asked = AuthorizationRequest.read(application, uri, parameters);
                    return browsers.of(request)
                            .map(found ->
                                    found.filter(one -> one.organizationId().equals(application.organizationId())))
                            .chain(found -> found.filter(one -> isRecent(asked, one, decision))
                                    .map(browser -> answer(request, query, asked, browser, decision, parameters))
                                    .orElseGet(() -> signIn(asked, query, parameters)));
                })
                .onFailure(OAuthError.class)
                .recoverWithItem(refused -> error(uri, parameters, (OAuthError) refused));
    }

    // Whoever has just been shown the consent has signed in as recently as was asked for
    private boolean isRecent(AuthorizationRequest asked, BrowserSession browser, Optional<String> decision) {
        return !browser.caller().mustChangePassword()
                && (decision.isPresent() || !asked.wantsSignInAfter(browser.authenticatedAt(), clock.instant()));
    }

    private Uni<Response> answer(
            RoutingContext request,
            String query,
            AuthorizationRequest asked,
            BrowserSession browser,
            Optional<String> decision,
            Form parameters) {
        return authorizations
                .standing(asked.application(), browser, asked.scopes())
                .chain(standing -> {
                    if (!standing.allowed()) {
                        throw new OAuthError(Code.ACCESS_DENIED, "The application is not for this account");
                    }
                    if (decision.isPresent()) {
                        return decided(request, asked, browser, decision.get(), parameters);
                    }
                    if (standing.agreed() && !asked.prompt().contains("consent")) {
                        return code(asked, browser, parameters)
                                .map(uri -> Pages.seeOther(uri).build());
                    }
                    if (asked.prompt().contains("none")) {
                        throw new OAuthError(Code.CONSENT_REQUIRED, "The person has to agree");
                    }
                    return Uni.createFrom()
                            .item(pages.show(
                                    request,
                                    200,
                                    page -> Templates.consent(
                                            page, browser, asked.application(), asked.scopes(), query)));
                });
    }

    private Uni<Response> decided(
            RoutingContext request,
            AuthorizationRequest asked,
            BrowserSession browser,
            String decision,
            Form parameters) {
        if (!decision.equals("allow")) {
            String uri = location(asked.redirectUri(), parameters, "error=access_denied");
            return Uni.createFrom().item(pages.show(request, 200, page -> Templates.onward(page, uri)));
        }
        // By a page, as a browser counts the redirects of a form's answer as targets of the form
        return authorizations
                .agree(asked.application(), browser, asked.scopes())
                .chain(() -> code(asked, browser, parameters))
                .map(uri -> pages.show(request, 200, page -> Templates.onward(page, uri)));
    }

    private Uni<String> code(AuthorizationRequest asked, BrowserSession browser, Form parameters) {
        return authorizations
                .code(asked.application(), browser, asked.redirectUri(), asked.challenge(), asked.scopes())
                .map(code -> location(asked.redirectUri(), parameters, "code=" + code));
    }

    /** To the sign-in and back, where nothing asks for it once more. */
    private static Uni<Response> signIn(AuthorizationRequest asked, String query, Form parameters) {
        if (asked.prompt().contains("none")) {
            throw new OAuthError(Code.LOGIN_REQUIRED, "The person has to sign in");
        }
        String back = Arrays.stream(query.split("&", -1))
                .filter(pair -> !pair.startsWith("prompt="))
                .collect(Collectors.joining("&"));
        String prompt = asked.prompt().contains("consent") ? "&prompt=consent" : "";
        String path = "/signin?continue=" + Pages.encoded(PATH + "?" + back + prompt) + "&organization="
                + Pages.encoded(asked.application().organization());
        return Uni.createFrom()
                .item(Pages.seeOther(path
                                + asked.wantedAge()
                                        .map(age -> "&max_age=" + age)
                                        .orElse("")
                                + parameters
                                        .get("login_hint")
                                        .map(hint -> "&login_hint=" + Pages.encoded(hint))
                                        .orElse(""))
                        .build());
    }

    private Response error(String uri, Form parameters, OAuthError error) {
        String what = "error=" + error.code().value() + "&error_description=" + Pages.encoded(error.getMessage());
        return Pages.seeOther(location(uri, parameters, what)).build();
    }

    private String location(String uri, Form parameters, String what) {
        return uri
                + (uri.indexOf('?') < 0 ? '?' : '&')
                + what
                + parameters
                        .get("state")
                        .map(state -> "&state=" + Pages.encoded(state))
                        .orElse("")
                + "&iss="
                + Pages.encoded(issuer.url());
    }

    /** Never a redirect: where to is not known, or not whose. */
    private Response refused(RoutingContext request) {
        Messages messages = Language.of(request).messages();
        return pages.show(
                request, 400, page -> Templates.failure(page, messages.failed(), messages.unknown_application(), ""));
    }
}
