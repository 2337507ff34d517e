package dev.roster.access.browser;

import io.smallrye.mutiny.Uni;
import java.util.UUID;

/** Makes what began in a sign-in belong to the next one of the same person in the same browser. */
public interface SignInFollower {

    /**
     * Does so inside the caller's transaction, which holds the account.
     *
     * @param sessionId that of the next one
     */
    Uni<Void> follow(FormerSignIn former, UUID sessionId);
}
