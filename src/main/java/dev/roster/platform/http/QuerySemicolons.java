package dev.roster.platform.http;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;

/**
 * Leaves a semicolon in a query what it is, a part of a name or value (WHATWG URL section 5.1): the router would begin a
 * parameter behind it, which no proxy sees that reads queries as browsers write them.
 */
@Singleton
public class QuerySemicolons {
    void register(@Observes Router router) {
        router.route().order(RouteOrder.QUERY).handler(http -> {
            keep(http);
            http.next();
        });
    }

    /** Reads the query as it came, with all its parameters, where the server may have read it otherwise. */
    public static void keep(RoutingContext http) {
        String query = http.request().query();
        if (query != null && query.indexOf(';') >= 0) {
            MultiMap parameters = http.queryParams().clear();
            new QueryStringDecoder(
                            http.request().uri(), StandardCharsets.UTF_8, true, RequestLimits.MOST_PARAMETERS, true)
                    .parameters()
                    .forEach(parameters::add);
        }
    }
}
