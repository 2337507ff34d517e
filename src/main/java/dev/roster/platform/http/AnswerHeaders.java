package dev.roster.platform.http;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The headers that keep browsers and caches from doing more with an answer than the service means;
 * every answer has them, refusals too.
 */
@Singleton
public class AnswerHeaders {
    // Pages, scripts and the document: the same for everybody
    private static final String PUBLIC = "/q/";

    private static final String NOTHING = "default-src 'none'; frame-ancestors 'none'";

    // Swagger UI writes its settings and its styles into the page
    private static final String OWN = "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self'"
            + " 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'self';"
            + " frame-ancestors 'none'";

    // A page of our own: its style, its pictures and its forms, and nothing in line. Chromium applies form-action to
    // where a form's answer redirects to as well, so no form answers with the address of an application
    private static final String PAGE = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self';"
            + " base-uri 'none'; frame-ancestors 'none'";

    private static final String HTML = "text/html";

    // A year, as RFC 6797 section 6.1 shows it; other services of the domain are not ours to bind
    private static final String ONLY_HTTPS = "max-age=31536000";

    private final boolean https;

    AnswerHeaders(@ConfigProperty(name = "roster.issuer") Optional<String> issuer) {
        https = issuer.map(url -> url.startsWith("https://")).orElse(false);
    }

    void register(@Observes Router router) {
        router.route().order(RouteOrder.FIRST).handler(this::promise);
    }

    private void promise(RoutingContext context) {
        context.addHeadersEndHandler(head -> add(context));
        context.next();
    }

    private void add(RoutingContext context) {
        String path = context.request().path();
        boolean isPublic = path != null && path.startsWith(PUBLIC);
        MultiMap headers = context.response().headers();
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Content-Security-Policy", isPublic ? OWN : isPage(headers) ? PAGE : NOTHING);
        if (!isPublic && !headers.contains(HttpHeaders.CACHE_CONTROL)) {
            headers.set(HttpHeaders.CACHE_CONTROL, "no-store");
        }
        if (https) {
            headers.set("Strict-Transport-Security", ONLY_HTTPS);
        }
    }

    private static boolean isPage(MultiMap headers) {
        String type = headers.get(HttpHeaders.CONTENT_TYPE);
        return type != null && type.startsWith(HTML);
    }
}
