package dev.roster.platform.request;

import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** The context of a request, on which it goes on whatever it has waited for. */
public final class OwnContext {
    private OwnContext() {}

    /** Notes what travels with the request; nothing where there is none. */
    public static void note(String key, Object value) {
        Context context = Vertx.currentContext();
        if (VertxContext.isDuplicatedContext(context)) {
            context.putLocal(key, value);
        }
    }

    /** Notes nothing of that any more. */
    public static void forget(String key) {
        Context context = Vertx.currentContext();
        if (VertxContext.isDuplicatedContext(context)) {
            context.removeLocal(key);
        }
    }

    /** What was noted; empty where nothing was, or there is no request. */
    public static <T> Optional<T> noted(String key) {
        Context context = Vertx.currentContext();
        return VertxContext.isDuplicatedContext(context)
                ? Optional.ofNullable(context.getLocal(key))
                : Optional.empty();
    }

    /** Goes on here after a while. */
    public static Uni<Void> pause(Duration duration) {
        Context context = Vertx.currentContext();
        return Uni.createFrom().emitter(emitter -> context.owner()
                .setTimer(duration.toMillis(), over -> context.runOnContext(now -> emitter.complete(null))));
    }

    /** Goes on here with what is done on another context than the request's. */
    public static <T> Uni<T> keep(Uni<T> work) {
        Context context = Vertx.currentContext();
        return context == null ? work : work.emitOn(command -> context.runOnContext(back -> command.run()));
    }

    /** Does work of the request on another context: that of the request has, or shall not yet have, a session of the database. */
    public static <T> Uni<T> apart(Supplier<Uni<T>> work) {
        Optional<RequestOrigin> origin = RequestOrigin.current();
        Context context = VertxContext.createNewDuplicatedContext(Vertx.currentContext());
        VertxContextSafetyToggle.setContextSafe(context, true);
        return Uni.createFrom()
                .emitter(done -> context.runOnContext(start -> {
                    origin.ifPresent(RequestOrigin::enter);
                    work.get().subscribe().with(done::complete, done::fail);
                }));
    }
}
