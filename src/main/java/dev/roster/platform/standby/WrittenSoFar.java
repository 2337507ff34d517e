package dev.roster.platform.standby;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
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
    private List<UniEmitter<? super WalPosition>> next = new ArrayList<>();
    private boolean asking;

    WrittenSoFar(Pool primary) {
        this.primary = primary;
    }

    /** The place behind everything that was committed before this was asked. */
    Uni<WalPosition> get() {
        return Uni.createFrom().emitter(emitter -> {
            synchronized (this) {
                next.add(emitter);
            }
            ask();
        });
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
        primary.query(WalPosition.WRITTEN)
                .execute()
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
