package dev.roster.web;

import dev.roster.api.error.ErrorRenderer;
import dev.roster.organization.FirstBrand;
import dev.roster.platform.error.RosterException;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.regex.Pattern;

/** Renders the errors of the pages as pages. */
@Singleton
@Priority(100)
public class FailurePages implements ErrorRenderer {
    private static final Pattern PATHS = Pattern.compile(
            "/(signin|signout|password|account|invite|oauth2/authorize|oauth2/logout|confirm-email|logos)(/.*)?");

    // Documented for programs, also where a person in a browser looks at it
    private static final Pattern OF_PROGRAMS = Pattern.compile("/(api|users|auth|oauth2|q|\\.well-known)(/.*)?");

    // Whose forms are on pages that the link of a mail alone opens
    private static final Set<String> BY_MAIL = Set.of("/invite", "/password/reset", "/confirm-email");

    private final FirstBrand brand;

    FailurePages(FirstBrand brand) {
        this.brand = brand;
    }

    @Override
    public boolean serves(String path, String scheme) {
        return PATHS.matcher(path).matches();
    }

    @Override
    public boolean serves(String path, String scheme, RoutingContext request) {
        return serves(path, scheme)
                || (scheme.isEmpty()
                        && isPerson(request)
                        && !OF_PROGRAMS.matcher(path).matches());
    }

    /** Whether a person comes here in a browser: no other program says so (Fetch Metadata), while some accept HTML. */
    private static boolean isPerson(RoutingContext request) {
        return "navigate".equals(request.request().getHeader("Sec-Fetch-Mode"));
    }

    @Override
    public String contract() {
        return "pages";
    }

    @Override
    public String type() {
        return Pages.HTML;
    }

    @Override
    public Object body(RosterException error, String requestId, RoutingContext request) {
        String form = error instanceof FormRefused ? request.normalizedPath() : "";
        return page(error, requestId, Language.of(request), form);
    }

    @Override
    public Object body(RosterException error, String requestId) {
        return page(error, requestId, Language.ENGLISH, "");
    }

    private String page(RosterException error, String requestId, Language language, String form) {
        Messages messages = language.messages();
        String title = error.code().status() == 404 ? messages.not_found() : messages.failed();
        String text = text(error, language, form);
        String again = pageOf(form);
        return Pages.text(
                language,
                Templates.failure(new PageFrame(language.tag(), brand.get(), ""), title, text, requestId, again));
    }

    /** The page of a form that was sent to a path; empty where the path alone does not tell. */
    private static String pageOf(String form) {
        if (BY_MAIL.contains(form) || form.startsWith(Pages.OAUTH)) {
            return "";
        }
        if (form.equals("/signout")) {
            return AccountPage.PATH;
        }
        return form.startsWith("/signin/") ? "/signin" : form.replaceFirst("(/sessions)?/end$", "");
    }

    private static String text(RosterException error, Language language, String form) {
        FailureMessages messages = language.messages(FailureMessages.class);
        return switch (error.code()) {
            case FORBIDDEN, INSUFFICIENT_SCOPE ->
                error instanceof FormRefused ? refusedForm(messages, form) : messages.not_allowed();
            case FEDERATED_ACCOUNT -> messages.federated_account();
            case RATE_LIMITED -> Refusals.ofWait(error, language.messages());
            case PAYLOAD_TOO_LARGE, URI_TOO_LONG, HEADERS_TOO_LARGE -> messages.too_large();
            case METHOD_NOT_ALLOWED -> messages.not_a_page();
            case REQUEST_TIMEOUT -> messages.too_slow();
            case UNAVAILABLE, INTERNAL_ERROR -> messages.unavailable();
            default -> error.code().status() == 404 ? "" : messages.not_understood();
        };
    }

    private static String refusedForm(FailureMessages messages, String form) {
        return BY_MAIL.contains(form) ? messages.form_of_mail_refused() : messages.form_refused();
    }
}
