package dev.roster.platform.standby;

import dev.roster.platform.request.OwnContext;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.impl.VertxInternal;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/**
 * How far the primary has come, asked after the question was put: who asks while a statement is under way shares the next
 * one, so that any number of lists costs one statement at a time.
 */
@ApplicationScoped
class WrittenSoFar {
    private final Pool primary;

    // Nobody's: on that of a request the question would wait behind its organization's others, and everybody with it
    private final Context own;

    private List<UniEmitter<? super WalPosition>> next = new ArrayList<>();
    private boolean asking;

    WrittenSoFar(Pool primary, Vertx vertx) {
        this.primary = primary;
        own = ((VertxInternal) vertx.getDelegate()).createEventLoopContext();
    }

    /** The place behind everything that was committed before this was asked. */
    Uni<WalPosition> get() {
        return OwnContext.keep(Uni.createFrom().emitter(emitter -> {
            synchronized (this) {
                next.add(emitter);
            }
            own.runOnContext(now -> ask());
        }));
    }

    private void ask() {
        List<UniEmitter<? super WalPosition>> those;
        synchronized (this) {
            if (asking || next.isEmpty()) {
                return;
            }
            asking = true;
            those = next;
            next = new ArrayList<>();
        }
        // All lists of all organizations wait for this one; without an answer they come from the primary
        primary.withConnection(connection -> WalPosition.ask(connection, WalPosition.WRITTEN))
                .map(rows -> WalPosition.of(rows.iterator().next()))
                .onTermination()
                .invoke(this::asked)
                .subscribe()
                .with(
                        position -> those.forEach(emitter -> emitter.complete(position)),
                        failure -> those.forEach(emitter -> emitter.fail(failure)));
    }

    private void asked() {
        synchronized (this) {
            asking = false;
        }
        ask();
    }
}
