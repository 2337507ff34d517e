package dev.roster.platform.database;

import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Context;
import java.util.UUID;

/** Whose work a request is, so that one organization does not take all connections. */
public final class WorkOwner {
    private static final String KEY = WorkOwner.class.getName();

    private WorkOwner() {}

    /** Says which organization the request of this context is for. */
    public static void set(Context request, UUID organizationId) {
        request.putLocal(KEY, organizationId);
    }

    /** The organization; null where it is not known, or the work is the service's own. */
    static UUID of(Context context) {
        return VertxContext.isDuplicatedContext(context) ? context.getLocal(KEY) : null;
    }
}
