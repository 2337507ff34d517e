package dev.roster.user;

import io.smallrye.mutiny.Uni;
import java.util.UUID;

/** What must happen, in the same transaction, when an account may do less than its tokens say. */
public interface UserAccess {

    /** The tokens there are no longer stand for the account's rights; new ones do. */
    Uni<Void> onDemotion(User user);

    /** What takes its rights from the account has more of them now. */
    Uni<Void> onPromotion(User user);

    /** Nothing of the account may go on. */
    Uni<Void> onDeactivation(User user);

    /**
     * Whoever knew the former password is signed out.
     *
     * @param keptSessionId the session in which it was changed, which goes on
     */
    Uni<Void> onPasswordChange(User user, UUID keptSessionId);
}
