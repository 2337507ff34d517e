package dev.roster.caller;

import dev.roster.platform.database.WorkOwner;
import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.Optional;

/** Who makes the request that the present work is done for; it travels with the request. */
public final class CurrentCaller {
    private static final String KEY = CurrentCaller.class.getName();

    private CurrentCaller() {}

    public static void set(Caller caller) {
        Context context = Vertx.currentContext();
        if (VertxContext.isDuplicatedContext(context)) {
            context.putLocal(KEY, caller);
            WorkOwner.set(caller.organizationId());
        }
    }

    /** The caller; empty where the request needs no token, or there is none. */
    public static Optional<Caller> get() {
        Context context = Vertx.currentContext();
        return VertxContext.isDuplicatedContext(context)
                ? Optional.ofNullable(context.getLocal(KEY))
                : Optional.empty();
    }
}
