package dev.roster.platform.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Takes the type of the body from requests that have none: there is nothing that it could be of (RFC 9110 section 8.3), and the
 * matching of resources refuses it. An empty file stays one of its type.
 */
@Singleton
class BodilessTypes {
    private final BodyLimits bodies;

    BodilessTypes(BodyLimits bodies) {
        this.bodies = bodies;
    }

    void register(@Observes Router router) {
        router.route().order(RouteOrder.TYPES).handler(this::takeOut);
    }

    private void takeOut(RoutingContext http) {
        if (http.request().headers().contains(HttpHeaders.CONTENT_TYPE)
                && RequestBody.isNone(http.request())
                && !bodies.isStreamed(http)) {
            http.request().headers().remove(HttpHeaders.CONTENT_TYPE);
        }
        http.next();
    }
}
