package dev.roster.platform.http;

import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.function.Supplier;

/**
 * Whether a request that was let in by its head may still go on: a body can come long after that,
 * and who sends it may have lost its access meanwhile.
 */
public final class Readmission {
    private static final String KEY = Readmission.class.getName();

    private Readmission() {}

    /**
     * Notes how to find out for the present request.
     *
     * @param asking fails where it may not, with what it would have been refused with before
     */
    public static void by(Supplier<Uni<?>> asking) {
        Context context = Vertx.currentContext();
        if (VertxContext.isDuplicatedContext(context)) {
            context.putLocal(KEY, asking);
        }
    }

    /** How to find out for the request of a context; anybody may go on whom nobody has asked. */
    static Uni<?> of(Context context) {
        Supplier<Uni<?>> asking = VertxContext.isDuplicatedContext(context) ? context.getLocal(KEY) : null;
        return asking == null ? Uni.createFrom().voidItem() : Uni.createFrom().deferred(asking::get);
    }
}
