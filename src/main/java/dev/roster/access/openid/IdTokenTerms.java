package dev.roster.access.openid;

import dev.roster.access.client.AuthenticatedApplication;
import java.time.Instant;
import java.util.Collection;
import java.util.UUID;

/**
 * What an ID token is to say, and for whom.
 *
 * @param sessionId of the application's session
 * @param authenticatedAt when the person proved who it is; the epoch where that is not known
 * @param nonce null where the application sent none
 * @param scopes what of the person the application is told
 * @param issuedAt in whole seconds
 */
public record IdTokenTerms(
        AuthenticatedApplication application,
        UUID userId,
        UUID sessionId,
        Instant authenticatedAt,
        String nonce,
        Collection<String> scopes,
        String accessToken,
        Instant issuedAt,
        Instant expiresAt) {
    @Override
    public String toString() {
        return "IdTokenTerms[" + userId + "]"; // a token must not end in a log
    }
}
