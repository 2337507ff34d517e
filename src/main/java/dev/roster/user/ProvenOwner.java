package dev.roster.user;

import dev.roster.caller.Caller;
import dev.roster.platform.error.ErrorCode;
import java.util.Objects;
import java.util.UUID;

/**
 * A person who has proven to be the owner of the account, before the transaction that needs it.
 *
 * @param accountId the caller's own; null where the change is one of another account
 * @param passwordHash of the password that the proof was good for; null where the account had none
 * @param version of the account at that time
 */
public record ProvenOwner(UUID accountId, String passwordHash, int version) {
    /** Of an account that is not the caller's own, which needs no proof. */
    public static final ProvenOwner OF_ANOTHER = new ProvenOwner(null, null, 0);

    /**
     * Refuses with {@code conflict} where the account, now locked, is the caller's own and has
     * another password than was proven: who knew the former one may be whom the new one is against.
     */
    public void require(Caller caller, User locked) {
        ErrorCode.CONFLICT.unless(!caller.is(locked.id) || isOf(locked));
    }

    // Another hash in the same version is one of the same password, see PasswordRenewal
    private boolean isOf(User locked) {
        return locked.id.equals(accountId)
                && (locked.version == version || Objects.equals(locked.passwordHash, passwordHash));
    }

    @Override
    public String toString() {
        return "ProvenOwner[" + accountId + "]"; // a hash must not end in a log
    }
}
