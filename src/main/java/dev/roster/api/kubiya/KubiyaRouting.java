package dev.roster.api.kubiya;

import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;
import dev.roster.platform.http.Authorization;
import dev.roster.platform.http.QuerySemicolons;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.net.URI;
import java.net.URISyntaxException;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Moves the requests of this contract to its resources, as {@link KubiyaPaths} says. */
public class KubiyaRouting {
    @ServerRequestFilter(preMatching = true)
    public void route(ContainerRequestContext request, RoutingContext http) {
        String path = http.normalizedPath();
        ErrorCode.NOT_FOUND.unless(!KubiyaPaths.isInternal(path));
        KubiyaPaths.target(path, Authorization.schemeOf(http.request())).ifPresent(target -> {
            request.setRequestUri(uri(target, http.request().query()));
            // It has read the query anew
            QuerySemicolons.keep(http);
        });
    }

    // The path of the URI is decoded once before it is matched, and must then be as encoded as it
    // came: a %2F in an e-mail address is no separator.
    private static URI uri(String path, String query) {
        try {
            return new URI(path.replace("%", "%25") + (query == null ? "" : "?" + query));
        } catch (URISyntaxException malformed) {
            throw RosterException.of(ErrorCode.INVALID_REQUEST, "The URL has a character that must be encoded.");
        }
    }
}
