package dev.roster.access.browser;

import dev.roster.caller.Issuer;
import io.vertx.core.http.Cookie;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.NewCookie;
import java.util.Optional;

/**
 * The cookies of the pages (RFC 6265). Over https their names say that no other host and no plain connection has set
 * them (RFC 6265bis section 4.1.3.2).
 */
@Singleton
public class BrowserCookie {
    private static final String SESSION = "roster-session";

    private final boolean https;

    BrowserCookie(Issuer issuer) {
        https = issuer.url().startsWith("https://");
    }

    /** The value of the session's cookie; empty where the request has none. */
    Optional<String> session(RoutingContext request) {
        return value(request, SESSION);
    }

    /** Sets the session's cookie, until the browser ends or the session does. */
    public NewCookie session(String value) {
        return of(SESSION, value, NewCookie.DEFAULT_MAX_AGE);
    }

    /** Takes the session's cookie away. */
    public NewCookie noSession() {
        return of(SESSION, "", 0);
    }

    /** The value of another cookie of the pages. */
    public Optional<String> value(RoutingContext request, String name) {
        return Optional.ofNullable(request.request().getCookie(name(name))).map(Cookie::getValue);
    }

    /** Another cookie of the pages. */
    public NewCookie of(String name, String value, int maxAge) {
        return new NewCookie.Builder(name(name))
                .value(value)
                .path("/")
                .maxAge(maxAge)
                .secure(https)
                .httpOnly(true)
                .sameSite(NewCookie.SameSite.LAX)
                .build();
    }

    private String name(String name) {
        return https ? "__Host-" + name : name;
    }
}
