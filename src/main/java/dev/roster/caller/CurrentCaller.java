package dev.roster.caller;

import dev.roster.platform.database.WorkOwner;
import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.request.OwnContext;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Who makes the request that the present work is done for; it travels with the request. */
public final class CurrentCaller {
    private static final String KEY = CurrentCaller.class.getName();
    private static final String REVOKED = KEY + ".revoked";

    private CurrentCaller() {}

    public static void set(Caller caller) {
        OwnContext.note(KEY, caller);
        WorkOwner.set(caller.organizationId());
    }

    /**
     * Notes the caller of a token of ours.
     *
     * @param isRevoked whether that is known by now, without asking the database
     */
    public static void set(Caller caller, BooleanSupplier isRevoked) {
        set(caller);
        OwnContext.note(REVOKED, isRevoked);
    }

    /** The caller; empty where the request needs no token, or there is none. */
    public static Optional<Caller> get() {
        return OwnContext.noted(KEY);
    }

    /** Refuses with {@code invalid_token} where the token was revoked since it was looked at, as far as is known. */
    public static void requireUnrevoked() {
        ErrorCode.INVALID_TOKEN.unless(!OwnContext.<BooleanSupplier>noted(REVOKED)
                .map(BooleanSupplier::getAsBoolean)
                .orElse(false));
    }
}
