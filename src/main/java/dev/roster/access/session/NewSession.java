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
 */
public record NewSession(AuthenticatedClient client, Origin origin, Instant expiresAt, SignInProof proof) {

    /** Whether a person signs in: then the session is a new one, whatever is open. */
    boolean signIn() {
        return client.signsIn();
    }
}
