package dev.roster.api.error;

import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Refuses to change what is named by an empty id: a path that ends with a slash would be taken for
 * that of the whole list, and one sign-in too few in a script would end them all.
 */
public class EmptySegments {
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    @ServerRequestFilter(preMatching = true)
    public void refuse(ContainerRequestContext request, RoutingContext http) {
        String path = http.request().path();
        boolean hasEmpty = path.endsWith("/") || path.contains("//");
        if (hasEmpty && !READING.contains(request.getMethod())) {
            throw RosterException.of(ErrorCode.NOT_FOUND);
        }
    }
}
