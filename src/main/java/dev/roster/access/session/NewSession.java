package dev.roster.access.session;

import dev.roster.access.client.AuthenticatedClient;
import dev.roster.platform.http.Origin;
import java.time.Instant;

/**
 * A sign-in.
 *
 * @param client no session where its account has another role, or its secret another end by now: tokens would say the
 *     one and last until the other
 * @param expiresAt when the token ends that the session is opened for
 * @param passwordHash what the account's must still be; null where no password proved the sign-in
 * @param passwordExpired what must still be so of that password; then the session ends with its
 *     token
 * @param issuer that vouches for the person; null where no other one does
 */
public record NewSession(
        AuthenticatedClient client,
        Origin origin,
        Instant expiresAt,
        String passwordHash,
        boolean passwordExpired,
        String issuer) {

    /** Whether a person signs in: then the session is a new one, whatever is open. */
    boolean signIn() {
        return client.signsIn();
    }

    @Override
    public String toString() {
        return "NewSession[" + client.userId() + "]"; // a hash must not end in a log
    }
}
