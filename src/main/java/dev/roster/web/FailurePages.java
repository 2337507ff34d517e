package dev.roster.web;

import dev.roster.api.error.ErrorRenderer;
import dev.roster.organization.FirstBrand;
import dev.roster.platform.error.RosterException;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.inject.Singleton;
import java.util.regex.Pattern;

/** Renders the errors of the pages as pages. */
@Singleton
@Priority(100)
public class FailurePages implements ErrorRenderer {
    private static final Pattern PATHS = Pattern.compile(
            "/(signin|signout|password|account|invite|oauth2/authorize|oauth2/logout|confirm-email|logos)(/.*)?");

    // Documented for programs, also where a person in a browser looks at it
    private static final Pattern OF_PROGRAMS = Pattern.compile("/(api|users|auth|oauth2|q|\\.well-known)(/.*)?");

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
        return page(error, requestId, Language.of(request));
    }

    @Override
    public Object body(RosterException error, String requestId) {
        return page(error, requestId, Language.ENGLISH);
    }

    private String page(RosterException error, String requestId, Language language) {
        Messages messages = language.messages();
        String title = error.code().status() == 404 ? messages.not_found() : messages.failed();
        String text = text(error, language);
        return Pages.text(
                language, Templates.failure(new PageFrame(language.tag(), brand.get(), ""), title, text, requestId));
    }

    private static String text(RosterException error, Language language) {
        FailureMessages messages = language.messages(FailureMessages.class);
        return switch (error.code()) {
            case FORBIDDEN, INSUFFICIENT_SCOPE ->
                error instanceof FormRefused ? messages.form_refused() : messages.not_allowed();
            case FEDERATED_ACCOUNT -> messages.federated_account();
            case RATE_LIMITED -> Refusals.ofWait(error, language.messages());
            case PAYLOAD_TOO_LARGE, URI_TOO_LONG, HEADERS_TOO_LARGE -> messages.too_large();
            case METHOD_NOT_ALLOWED -> messages.not_a_page();
            case REQUEST_TIMEOUT -> messages.too_slow();
            case UNAVAILABLE, INTERNAL_ERROR -> messages.unavailable();
            default -> error.code().status() == 404 ? "" : messages.not_understood();
        };
    }
}
