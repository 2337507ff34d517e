package dev.roster.user;

import dev.roster.platform.error.RosterException;

/**
 * What a line of an import makes of an account.
 *
 * @param kind what is to be done
 * @param user the account as it will be, no entity of a session; null where the line is refused
 * @param before what the audit log may tell of it as it was; null where the account is new, or stays
 * @param refusal null where the line is not refused
 */
public record PlannedUser(Kind kind, User user, AccountEvents before, RosterException refusal) {

    /** What is to be done with the account. */
    public enum Kind {
        CREATE,
        /** It was created by an attempt whose end was not heard. */
        CREATED,
        UPDATE,
        NOTHING,
        /** It decides about access: what follows from that takes a transaction of its own. */
        ALONE,
        REFUSED
    }

    static PlannedUser refused(RosterException refusal) {
        return new PlannedUser(Kind.REFUSED, null, null, refusal);
    }

    /** The same account, of which more changes than the line itself says. */
    public PlannedUser touched() {
        return kind == Kind.NOTHING ? new PlannedUser(Kind.UPDATE, user, AccountEvents.of(user), null) : this;
    }
}
