package dev.roster.platform.http;

import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;

/** Tells {@link BodyReader} which operations read their body themselves. */
@Provider
@StreamedBody
@Priority(Priorities.AUTHENTICATION)
public class StreamedBodyFilter implements ContainerRequestFilter {
    private static final String PROPERTY = StreamedBody.class.getName();

    @Override
    public void filter(ContainerRequestContext request) {
        request.setProperty(PROPERTY, true);
    }

    static boolean hasMarked(ContainerRequestContext request) {
        return request.getProperty(PROPERTY) != null;
    }
}
