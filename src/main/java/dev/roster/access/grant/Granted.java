package dev.roster.access.grant;

import dev.roster.access.client.AuthenticatedApplication;
import dev.roster.access.session.OpenSession;
import dev.roster.caller.Role;
import java.time.Instant;
import java.util.Collection;
import java.util.UUID;

/**
 * What a code or a refresh token gives, before it is signed.
 *
 * @param authenticatedAt when the person proved who it is
 * @param nonce for the ID token; null for none
 * @param end when the access token ends
 * @param ended whether it was ended at once, as the code came again meanwhile
 */
record Granted(
        AuthenticatedApplication application,
        UUID userId,
        Role role,
        OpenSession session,
        Instant authenticatedAt,
        String nonce,
        Collection<String> scopes,
        String refreshToken,
        Instant end,
        boolean ended) {
    @Override
    public String toString() {
        return "Granted[" + scopes + "]"; // a token must not end in a log
    }
}
