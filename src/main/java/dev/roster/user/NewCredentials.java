package dev.roster.user;

import dev.roster.caller.Caller;

/**
 * What was proven, and hashed, for a change of credentials before its transaction.
 *
 * @param passwordHash the new one; null where the password stays
 */
record NewCredentials(ProvenOwner owner, String passwordHash) {
    /** Of an account that is not the caller's own. */
    static final NewCredentials OF_ANOTHER = new NewCredentials(ProvenOwner.OF_ANOTHER, null);

    /** The same with a new password. */
    NewCredentials with(String newHash) {
        return new NewCredentials(owner, newHash);
    }

    /** Refuses a change of credentials of a locked account as {@link ProvenOwner#require} does. */
    void check(Caller caller, User locked, PatchUser patch) {
        if (patch.changesCredentials(locked)) {
            owner.require(caller, locked);
        }
    }

    @Override
    public String toString() {
        return "NewCredentials[" + owner + "]"; // a hash must not end in a log
    }
}
