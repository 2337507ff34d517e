package dev.roster.access.openid;

import dev.roster.access.client.AuthenticatedApplication;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * What an ID token is to say, and for whom.
 *
 * @param person what the application is told of the person
 * @param sessionId of the application's session
 * @param authenticatedAt when the person proved who it is; the epoch where that is not known
 * @param nonce null where the application sent none
 * @param issuedAt in whole seconds
 */
public record IdTokenTerms(
        AuthenticatedApplication application,
        Map<String, Object> person,
        UUID sessionId,
        Instant authenticatedAt,
        String nonce,
        String accessToken,
        Instant issuedAt,
        Instant expiresAt) {
    @Override
    public String toString() {
        return "IdTokenTerms[" + sessionId + "]"; // a token must not end in a log
    }
}
