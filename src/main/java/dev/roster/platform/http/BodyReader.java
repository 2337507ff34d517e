package dev.roster.platform.http;

import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;
import io.quarkus.runtime.configuration.MemorySize;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.ext.Provider;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveContainerRequestContext;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveContainerRequestFilter;
import org.jboss.resteasy.reactive.server.spi.ServerHttpRequest;

/**
 * Reads the body of a request in place of the REST server, which would read whatever comes. It is
 * the last filter: the operation is found, its caller authenticated and authorized by then, so that
 * strangers are refused without a byte of their body being kept.
 */
@Provider
@Priority(Integer.MAX_VALUE)
public class BodyReader implements ResteasyReactiveContainerRequestFilter {
    private final BodyMemory memory;
    private final long timeoutMilliseconds;
    private final long most;

    BodyReader(
            BodyMemory memory,
            RequestLimits limits,
            @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize most) {
        this.memory = memory;
        this.timeoutMilliseconds = limits.bodyTimeout().toMillis();
        this.most = most.asLongValue();
    }

    @Override
    public void filter(ResteasyReactiveContainerRequestContext request) {
        ServerHttpRequest source =
                ((ResteasyReactiveRequestContext) request.getServerRequestContext())
                        .serverRequest();
        RoutingContext http = source.unwrap(RoutingContext.class);
        if (isIgnored(request.getMethod()) || !RequestBody.isLeft(http.request())) {
            return;
        }
        long limit = limit(request, http.request());
        if (RequestBody.length(http.request()) > limit) {
            throw RosterException.of(ErrorCode.PAYLOAD_TOO_LARGE);
        }
        request.suspend();
        new ComingBody(request, http, memory, limit).read(source, timeoutMilliseconds);
    }

    private static boolean isIgnored(String method) {
        return method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
    }

    private long limit(ResteasyReactiveContainerRequestContext request, HttpServerRequest http) {
        return SmallBodyFilter.hasMarked(request) || RequestBody.isForm(http)
                ? SmallBody.MOST
                : most;
    }
}
