package dev.roster.platform.database;

import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.UUID;

/** Whose work a request is, so that one organization does not take all connections, nor strangers. */
public final class WorkOwner {
    private static final String KEY = WorkOwner.class.getName();

    // Of requests whose organization is not known yet: together they have what one organization has
    private static final Object STRANGERS = "strangers";

    private WorkOwner() {}

    /** Says which organization the present request is for, as soon as that is known. */
    public static void set(UUID organizationId) {
        Context request = Vertx.currentContext();
        if (request != null && VertxContext.isDuplicatedContext(request)) {
            request.putLocal(KEY, organizationId);
        }
    }

    /** What one owner has of as many of something as there are; a quarter is kept for the others. */
    public static int share(int all) {
        return all - all / 4;
    }

    /** Whose work this is; null where it is the service's own. */
    public static Object of(Context context) {
        if (context == null || !VertxContext.isDuplicatedContext(context)) {
            return null;
        }
        Object owner = context.getLocal(KEY);
        return owner == null ? STRANGERS : owner;
    }
}
