package dev.roster.api.error;

import dev.roster.platform.http.RouteOrder;
import dev.roster.platform.persistence.Uuids;
import dev.roster.platform.request.RequestOrigin;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.regex.Pattern;
import org.jboss.logging.MDC;

/** Gives each request the identifier that its answer and every line of the log about it carry. */
@Singleton
public class RequestIds {
    static final String HEADER = "X-Request-Id";

    // Long enough for any tracing system, harmless in a log line
    private static final Pattern ACCEPTED = Pattern.compile("[A-Za-z0-9._:/+=-]{1,128}");

    private static final String KEY = "request_id";

    private final Clock clock;

    RequestIds(Clock clock) {
        this.clock = clock;
    }

    /** The identifier of a request; what the server refuses by itself gets one here. */
    String of(RoutingContext context) {
        String id = context.get(KEY);
        return id == null ? assign(context) : id;
    }

    void register(@Observes Router router) {
        router.route().order(RouteOrder.NAMES).handler(this::name);
    }

    private void name(RoutingContext context) {
        assign(context);
        context.next();
    }

    private String assign(RoutingContext context) {
        String id = accepted(context.request());
        context.put(KEY, id);
        context.response().putHeader(HEADER, id);
        MDC.put(KEY, id);
        RequestOrigin.enter(context, id);
        return id;
    }

    private String accepted(HttpServerRequest request) {
        String given = request.getHeader(HEADER);
        return given != null && ACCEPTED.matcher(given).matches()
                ? given
                : Uuids.v7(clock.instant()).toString();
    }
}
