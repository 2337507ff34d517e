package dev.roster.platform.persistence;

import dev.roster.platform.error.RosterException;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.function.Supplier;

/**
 * Does the work of one key in turn, on this replica. Who would wait for the same lock of the database waits here, without a
 * connection, of which there are few.
 */
public final class OneByOne {
    private static final Duration SOON = Duration.ofSeconds(1);

    private final int most;
    private final Map<String, Queue<Waiting>> keys = new HashMap<>();

    /**
     * For some work.
     *
     * @param most how many wait for one key; others are {@code rate_limited} at once
     */
    public OneByOne(int most) {
        this.most = most;
    }

    /**
     * Somebody whose turn is to come.
     *
     * @param context where it goes on; null where that does not matter
     */
    private record Waiting(UniEmitter<? super Void> turn, Context context) {
        void goOn() {
            if (context == null) {
                turn.complete(null);
            } else {
                context.runOnContext(now -> turn.complete(null));
            }
        }
    }

    /** Does a piece of work when its turn has come, and then to its end, whatever becomes of who asked for it. */
    public <T> Uni<T> run(String key, Supplier<Uni<T>> work) {
        Uni<T> inTurn = Uni.createFrom()
                .<Void>emitter(turn -> enter(key, new Waiting(turn, Vertx.currentContext())))
                .chain(() ->
                        Uni.createFrom().deferred(work::get).onItemOrFailure().invoke((done, failure) -> leave(key)));
        return UnitOfWork.carriedOut(inTurn);
    }

    private void enter(String key, Waiting waiting) {
        synchronized (keys) {
            Queue<Waiting> others = keys.get(key);
            if (others != null) {
                if (others.size() >= most) {
                    throw RosterException.rateLimited(SOON);
                }
                others.add(waiting);
                return;
            }
            keys.put(key, new ArrayDeque<>());
        }
        waiting.turn().complete(null);
    }

    private void leave(String key) {
        Waiting next;
        synchronized (keys) {
            next = keys.get(key).poll();
            if (next == null) {
                keys.remove(key);
            }
        }
        if (next != null) {
            next.goOn();
        }
    }
}
