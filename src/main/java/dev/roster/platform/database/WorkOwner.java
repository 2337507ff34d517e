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

    /** Of requests that name an organization and prove nothing: whoever names one takes nothing from who belongs to it. */
    private record Claimed(UUID organizationId) {}

    private WorkOwner() {}

    /** Says which organization the present request is for, as soon as that is proven. */
    public static void set(UUID organizationId) {
        Context request = Vertx.currentContext();
        if (request != null && VertxContext.isDuplicatedContext(request)) {
            request.putLocal(KEY, organizationId);
        }
    }

    /**
     * Says which organization the present request names, unless one is proven.
     *
     * @param organizationId of one that there is: each has a share of its own
     */
    public static void claim(UUID organizationId) {
        Context request = Vertx.currentContext();
        if (request != null && VertxContext.isDuplicatedContext(request) && !(request.getLocal(KEY) instanceof UUID)) {
            request.putLocal(KEY, new Claimed(organizationId));
        }
    }

    /** Whether work is for one organization, proven or not. */
    static boolean isOfOrganization(Object owner) {
        return owner instanceof UUID || owner instanceof Claimed;
    }

    /**
     * What one owner has of as many of something as there are: a quarter is kept for the others. Whoever only names an
     * organization has an eighth, so that with that organization it has not all.
     */
    public static int share(Object owner, int all) {
        return owner instanceof Claimed ? Math.max(1, all / 8) : all - all / 4;
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
