package dev.roster.platform.request;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/** The context of a request, on which it goes on whatever it has waited for. */
public final class OwnContext {
    private OwnContext() {}

    /** Goes on here with what is done on another context than the request's. */
    public static <T> Uni<T> keep(Uni<T> work) {
        Context context = Vertx.currentContext();
        return context == null ? work : work.emitOn(command -> context.runOnContext(back -> command.run()));
    }
}
