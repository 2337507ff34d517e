package dev.roster.api.error;

import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.http.MatrixParameters;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.Locale;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Refuses paths with a segment that names nothing. An id that is empty would stand for the whole list, and one that is a dot
 * or two, as they stand or percent-encoded, for what is above it (RFC 3986 section 5.2.4): one missing or careless id in a
 * script would end all sessions, or delete the account around them.
 */
public class NamelessSegments {
    private static final Set<String> DOTS = Set.of(".", "..");
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    @ServerRequestFilter(preMatching = true)
    public void refuse(ContainerRequestContext request, RoutingContext http) {
        String path = MatrixParameters.without(http.request().path());
        ErrorCode.NOT_FOUND.unless(!hasDots(path) && answers(path, request.getMethod()));
    }

    /** Whether a path, as it is matched, is answered by a method at all. */
    static boolean answers(String path, String method) {
        boolean hasEmpty = path.endsWith("/") || path.contains("//");
        return !hasEmpty || READING.contains(method);
    }

    private static boolean hasDots(String path) {
        for (String segment : path.split("/", -1)) {
            // Two dots take six characters at most
            if (segment.length() <= 6
                    && DOTS.contains(segment.toLowerCase(Locale.ROOT).replace("%2e", "."))) {
                return true;
            }
        }
        return false;
    }
}
