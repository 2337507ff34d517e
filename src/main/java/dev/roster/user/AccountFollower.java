package dev.roster.user;

import io.smallrye.mutiny.Uni;

/**
 * What hangs on an account and follows it, inside the same transaction, through what happens to it. Each hears only of
 * what it says something about.
 */
public interface AccountFollower {

    /** The order in which they hear: what refers to another comes before it, and so does what is locked before it. */
    enum Rank {
        FEDERATION,
        INVITES,
        CODES,
        SESSIONS,
        CLIENTS,
        COUNTS,
        GROUPS,
        PASSWORDS,
        NOTICES
    }

    Rank rank();

    /** The tokens there are no longer stand for the account's rights; new ones do. */
    default Uni<Void> onDemotion(User user) {
        return Uni.createFrom().voidItem();
    }

    /** What takes its rights from the account has more of them now. */
    default Uni<Void> onPromotion(User user) {
        return Uni.createFrom().voidItem();
    }

    /** Nothing of the account may go on. */
    default Uni<Void> onDeactivation(User user) {
        return Uni.createFrom().voidItem();
    }

    /**
     * It is opened again for its person, who has nothing of what it had.
     *
     * @param keepGroups whether it stays in its groups
     */
    default Uni<Void> onReopening(User user, boolean keepGroups) {
        return Uni.createFrom().voidItem();
    }

    /**
     * The password is another, or counts no more. Whoever knew it is signed out, out of the session too in which it was
     * changed: a token of that may have been copied.
     */
    default Uni<Void> onPasswordChange(User user) {
        return Uni.createFrom().voidItem();
    }

    /** Whatever has changed, after what it means for access. */
    default Uni<Void> afterChange(UserBefore before, User user) {
        return Uni.createFrom().voidItem();
    }

    /** Before its row can go. */
    default Uni<Void> beforeRemoval(User user) {
        return Uni.createFrom().voidItem();
    }
}
