package dev.roster.platform.http;

import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.ws.rs.HttpMethod;
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
    private final BodyMemory memory;

    BodyReader(BodyMemory memory) {
        this.memory = memory;
    }

    @Override
    public void filter(ResteasyReactiveContainerRequestContext request) {
        ResteasyReactiveRequestContext context = (ResteasyReactiveRequestContext) request.getServerRequestContext();
        RoutingContext http = context.serverRequest().unwrap(RoutingContext.class);
        if (StreamedResource.class.isAssignableFrom(context.getTarget().getResourceClass())) {
            memory.stream(http);
            return;
        }
        if (isIgnored(request.getMethod()) || !RequestBody.isLeft(http.request())) {
            return;
        }
        long limit = memory.longest(isSmall(request, http.request()));
        if (RequestBody.length(http.request()) > limit) {
            throw RosterException.of(ErrorCode.PAYLOAD_TOO_LARGE);
        }
        memory.read(request, http, limit);
    }

    private static boolean isIgnored(String method) {
        return method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
    }

    private static boolean isSmall(ResteasyReactiveContainerRequestContext request, HttpServerRequest http) {
        return SmallBodyFilter.hasMarked(request) || RequestBody.isForm(http);
    }
}
