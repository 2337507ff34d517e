package dev.roster.user;

import io.smallrye.mutiny.Uni;

/** What must happen, in the same transaction, when an account may do less than its tokens say. */
public interface UserAccess {

    /** The tokens there are no longer stand for the account's rights; new ones do. */
    Uni<Void> onDemotion(User user);

    /** What takes its rights from the account has more of them now. */
    Uni<Void> onPromotion(User user);

    /** Nothing of the account may go on. */
    Uni<Void> onDeactivation(User user);

    /**
     * The password is another, or counts no more. Whoever knew it is signed out, out of the session
     * too in which it was changed: a token of that may have been copied.
     */
    Uni<Void> onPasswordChange(User user);
}
