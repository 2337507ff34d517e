package dev.roster.api.error;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Set;
import java.util.TreeSet;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Answers OPTIONS (RFC 9110 section 9.3.7) with the methods of the path; the REST server would name
 * those of every path that begins alike.
 */
public class Options {
    // After the contracts have said which of them a path belongs to
    private static final int LAST = Integer.MAX_VALUE;

    /** The answer; null for every other method, and where there is nothing. */
    @ServerRequestFilter(preMatching = true, priority = LAST)
    public Response answer(ContainerRequestContext request) {
        if (!request.getMethod().equals(HttpMethod.OPTIONS)) {
            return null;
        }
        Set<String> methods = AllowedMethods.ofCurrentRequest();
        if (methods.isEmpty()) {
            return null;
        }
        Set<String> all = new TreeSet<>(methods);
        all.add(HttpMethod.OPTIONS);
        return Response.ok().header(HttpHeaders.ALLOW, String.join(", ", all)).build();
    }
}
