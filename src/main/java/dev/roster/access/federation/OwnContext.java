package dev.roster.access.federation;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/** The context of a request, on which it goes on whatever it has waited for. */
final class OwnContext {
    private OwnContext() {}

    /** Goes on here: keys come in, and accounts are made, on another context than the request's. */
    static <T> Uni<T> keep(Uni<T> work) {
        Context context = Vertx.currentContext();
        return context == null ? work : work.emitOn(command -> context.runOnContext(back -> command.run()));
    }
}
