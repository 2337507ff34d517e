package dev.roster.access.session;

import dev.roster.caller.Role;
import dev.roster.platform.http.Origin;
import java.time.Instant;
import java.util.UUID;

/**
 * A sign-in.
 *
 * @param clientId the row of the client
 * @param publicClientId how the client calls itself
 * @param signIn whether a person signs in: then the session is a new one, whatever is open
 * @param role what its tokens will say; no session where the account has another by now
 * @param expiresAt when the token ends that the session is opened for
 * @param passwordHash what the account's must still be; null where no password proved the sign-in
 * @param passwordExpired what must still be so of that password; then the session ends with its
 *     token
 * @param issuer that vouches for the person; null where no other one does
 */
public record NewSession(
        UUID organizationId,
        UUID userId,
        UUID clientId,
        String publicClientId,
        boolean signIn,
        Role role,
        Origin origin,
        Instant expiresAt,
        String passwordHash,
        boolean passwordExpired,
        String issuer) {
    @Override
    public String toString() {
        return "NewSession[" + userId + "]"; // a hash must not end in a log
    }
}
