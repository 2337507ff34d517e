package dev.roster.platform.http;

import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.json.JsonWeight;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.ws.rs.ext.Provider;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveContainerRequestContext;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveContainerRequestFilter;

/**
 * Reads the body of a request in place of the REST server, which would read whatever comes. It is
 * the last filter: the operation is found, its caller authenticated and authorized by then, so that
 * strangers are refused without a byte of their body being kept.
 */
@Provider
@Priority(Integer.MAX_VALUE)
public class BodyReader implements ResteasyReactiveContainerRequestFilter {
    private final BodyLimits limits;
    private final BodyMemory memory;

    BodyReader(BodyLimits limits, BodyMemory memory) {
        this.limits = limits;
        this.memory = memory;
    }

    @Override
    public void filter(ResteasyReactiveContainerRequestContext request) {
        ResteasyReactiveRequestContext context = (ResteasyReactiveRequestContext) request.getServerRequestContext();
        RoutingContext http = context.serverRequest().unwrap(RoutingContext.class);
        if (limits.isStreamed(http)) {
            memory.stream(http);
            return;
        }
        if (RequestBody.isIgnored(http.request()) || !RequestBody.isLeft(http.request())) {
            return;
        }
        boolean small = SmallBodyFilter.hasMarked(request) || RequestBody.isForm(http.request());
        long limit = small ? SmallBody.MOST : limits.longest(http);
        ErrorCode.PAYLOAD_TOO_LARGE.unless(RequestBody.length(http.request()) <= limit);
        // Of a small one nothing large is made: of a form its texts, of JSON only what its operation knows
        memory.read(request, http, limit, small ? part -> 0 : new JsonWeight()::next);
    }
}
