package dev.roster.api.error;

import dev.roster.platform.error.ErrorCode;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Set;
import java.util.TreeSet;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Refuses what a path has no method for (RFC 9110 section 15.5.6), and answers OPTIONS (section
 * 9.3.7) with the methods that it has.
 */
public class MethodRules {
    // After the contracts have said which of them a path belongs to
    private static final int LAST = Integer.MAX_VALUE;

    private final AllowedMethods allowed;

    MethodRules(AllowedMethods allowed) {
        this.allowed = allowed;
    }

    /** The answer; null where an operation gives it, and where there is nothing. */
    @ServerRequestFilter(preMatching = true, priority = LAST)
    public Response answer(ContainerRequestContext request) {
        Set<String> methods = allowed.ofCurrentRequest();
        if (methods.isEmpty() && request.getMethod().equals(HttpMethod.OPTIONS)) {
            throw ErrorCode.NOT_FOUND.refusal();
        }
        if (methods.isEmpty() || methods.contains(request.getMethod())) {
            return null;
        }
        if (!request.getMethod().equals(HttpMethod.OPTIONS)) {
            throw new NotAllowedException(Response.status(Response.Status.METHOD_NOT_ALLOWED)
                    .header(HttpHeaders.ALLOW, String.join(", ", methods))
                    .build());
        }
        Set<String> all = new TreeSet<>(methods);
        all.add(HttpMethod.OPTIONS);
        return Response.ok().header(HttpHeaders.ALLOW, String.join(", ", all)).build();
    }
}
