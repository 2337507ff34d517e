package dev.roster.access.token;

import dev.roster.platform.http.Authorization;
import io.vertx.ext.web.RoutingContext;

/** The {@code WWW-Authenticate} values of refused requests (RFC 6750 section 3). */
public final class Challenges {
    private static final String BEARER = "Bearer realm=\"roster\"";
    private static final String REFUSED_SCOPE = Challenges.class.getName() + ".refusedScope";

    private Challenges() {}

    /** The challenge of a 401: whether a token is missing, or the one there is not valid. */
    public static String unauthorized(RoutingContext request) {
        return Authorization.of(request.request())
                        .filter(BearerToken::isAttempt)
                        .isPresent()
                ? BEARER
                        + ", error=\"invalid_token\""
                        + ", error_description=\"The access token is not valid or has expired\""
                : BEARER;
    }

    /** The challenge of a 403: which scope was asked for in vain, as far as that is known. */
    public static String forbidden(RoutingContext request) {
        String scope = request.get(REFUSED_SCOPE);
        String challenge = BEARER + ", error=\"insufficient_scope\"";
        return scope == null ? challenge : challenge + ", scope=\"" + scope + "\"";
    }

    /** The challenge of a 403 that a new sign-in ends (RFC 9470 section 3). */
    public static String signInAgain() {
        return BEARER
                + ", error=\"insufficient_user_authentication\""
                + ", error_description=\"More recent authentication is required\"";
    }

    /** Remembers a scope that the request lacks; the first one is what the challenge names. */
    static void refuse(RoutingContext request, String scope) {
        if (request.get(REFUSED_SCOPE) == null) {
            request.put(REFUSED_SCOPE, scope);
        }
    }
}
