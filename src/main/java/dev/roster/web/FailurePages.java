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

    // What programs call, also where a person in a browser looks at it
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
                        && Pages.isPerson(request)
                        && !OF_PROGRAMS.matcher(path).matches());
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
        boolean nothing = error.code().status() == 404;
        String title = nothing ? messages.not_found() : messages.failed();
        String text =
                switch (error.code()) {
                    case FORBIDDEN -> messages.form_refused();
                    case UNAVAILABLE, INTERNAL_ERROR -> messages.unavailable();
                    // What programs are told, and people who read English
                    default -> nothing || language != Language.ENGLISH ? "" : error.getMessage();
                };
        return Pages.text(
                language, Templates.failure(new PageFrame(language.tag(), brand.get(), ""), title, text, requestId));
    }
}
