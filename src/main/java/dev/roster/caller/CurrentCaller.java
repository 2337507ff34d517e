package dev.roster.caller;

import dev.roster.platform.database.WorkOwner;
import dev.roster.platform.request.OwnContext;
import java.util.Optional;

/** Who makes the request that the present work is done for; it travels with the request. */
public final class CurrentCaller {
    private static final String KEY = CurrentCaller.class.getName();

    private CurrentCaller() {}

    public static void set(Caller caller) {
        OwnContext.note(KEY, caller);
        WorkOwner.set(caller.organizationId());
    }

    /** The caller; empty where the request needs no token, or there is none. */
    public static Optional<Caller> get() {
        return OwnContext.noted(KEY);
    }
}
