package dev.roster.api;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;

/** The scheme of the {@code Authorization} header (RFC 9110 section 11.6.2). */
public final class AuthorizationScheme {
    private AuthorizationScheme() {}

    /** The scheme as the client wrote it; empty without the header. */
    public static String of(RoutingContext request) {
        String authorization = request.request().headers().get(HttpHeaders.AUTHORIZATION);
        return authorization == null ? "" : authorization.strip().split(" ", 2)[0];
    }
}
