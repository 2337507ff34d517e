package dev.roster.access.grant;

import dev.roster.access.client.AuthenticatedApplication;
import dev.roster.access.session.OpenSession;
import dev.roster.access.session.TokenSpan;
import dev.roster.caller.Role;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;

/**
 * What a code or a refresh token gives, before it is signed.
 *
 * @param role what the tokens may do at most
 * @param authenticatedAt when the person proved who it is; the epoch where that is not known
 * @param nonce for the ID token; null for none
 * @param person what the ID token says of the person; empty where there is none
 * @param span of the access token and the ID token
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
        Map<String, Object> person,
        String refreshToken,
        TokenSpan span,
        boolean ended) {
    @Override
    public String toString() {
        return "Granted[" + scopes + "]"; // a token must not end in a log
    }
}
