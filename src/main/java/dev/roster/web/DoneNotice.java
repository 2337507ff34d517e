package dev.roster.web;

import dev.roster.access.browser.BrowserCookie;
import dev.roster.platform.validation.Word;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.function.Function;

/**
 * Lets the page that a form leads to say what was done: by a cookie that is set where it has happened, and gone once it is said,
 * so that no link can claim it.
 */
@Singleton
class DoneNotice {
    private static final String COOKIE = "roster-done";
    private static final int SOON_SECONDS = 60;

    private final BrowserCookie cookies;

    DoneNotice(BrowserCookie cookies) {
        this.cookies = cookies;
    }

    /** The answer after which it is said. */
    Response after(Response leading, Done done) {
        return with(leading, cookies.of(COOKIE, done.value(), SOON_SECONDS));
    }

    /** Whether it is still to be said. */
    boolean isToBeSaid(RoutingContext request, Done done) {
        return cookies.value(request, COOKIE).filter(done.value()::equals).isPresent();
    }

    /**
     * A page that says it.
     *
     * @param page with what it says, which is empty for nothing
     */
    Response said(RoutingContext request, Function<String, Response> page) {
        Optional<String> found = cookies.value(request, COOKIE);
        Language language = Language.of(request);
        Response shown = page.apply(found.flatMap(value -> Word.of(Done.class, value))
                .map(done -> done.text(language))
                .orElse(""));
        return found.isPresent() ? with(shown, cookies.of(COOKIE, "", 0)) : shown;
    }

    private static Response with(Response answer, NewCookie cookie) {
        return Response.fromResponse(answer).cookie(cookie).build();
    }
}
