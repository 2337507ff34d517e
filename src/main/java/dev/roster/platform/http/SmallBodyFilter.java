package dev.roster.platform.http;

import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;

/** Tells {@link BodyReader} which operations take a small body only. */
@Provider
@SmallBody
@Priority(Priorities.AUTHENTICATION)
public class SmallBodyFilter implements ContainerRequestFilter {
    private static final String PROPERTY = SmallBody.class.getName();

    @Override
    public void filter(ContainerRequestContext request) {
        request.setProperty(PROPERTY, true);
    }

    static boolean hasMarked(ContainerRequestContext request) {
        return request.getProperty(PROPERTY) != null;
    }
}
