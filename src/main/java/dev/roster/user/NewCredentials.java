package dev.roster.user;

import dev.roster.caller.Caller;
import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;
import java.util.Objects;
import java.util.UUID;

/**
 * What was proven, and hashed, for a change of credentials before its transaction.
 *
 * @param provenAccount the caller's own; null where the change is one of another account
 * @param provenHash of the password that the proof was good for; null where the account had none
 * @param passwordHash the new one; null where the password stays
 */
record NewCredentials(UUID provenAccount, String provenHash, String passwordHash) {
    /** Of an account that is not the caller's own. */
    static final NewCredentials OF_ANOTHER = new NewCredentials(null, null, null);

    /** The same with a new password. */
    NewCredentials with(String newHash) {
        return new NewCredentials(provenAccount, provenHash, newHash);
    }

    /**
     * Refuses with {@code conflict} to change credentials of the own account where that, now
     * locked, is another than was proven.
     */
    void check(Caller caller, User locked, PatchUser patch) {
        boolean holds = locked.id.equals(provenAccount) && Objects.equals(locked.passwordHash, provenHash);
        if (patch.changesCredentials() && caller.is(locked.id) && !holds) {
            throw RosterException.of(ErrorCode.CONFLICT);
        }
    }

    @Override
    public String toString() {
        return "NewCredentials[" + provenAccount + "]"; // a hash must not end in a log
    }
}
