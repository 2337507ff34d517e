package dev.roster.platform.persistence;

import dev.roster.platform.error.ErrorCode;
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

    // As long as a request waits for a connection: the work before it may hang in the database
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final int most;
    private final Duration patience;
    private final Map<String, Queue<Waiting>> keys = new HashMap<>();

    /**
     * For some work. Who waits for more than ten seconds is {@code unavailable}.
     *
     * @param most how many wait for one key; others are {@code rate_limited} at once
     */
    public OneByOne(int most) {
        this(most, PATIENCE);
    }

    OneByOne(int most, Duration patience) {
        this.most = most;
        this.patience = patience;
    }

    /** Somebody whose turn is to come, and who goes on where it asked. */
    private static final class Waiting {
        private final UniEmitter<? super Void> turn;
        private final Context context;
        private long timer;

        private Waiting(UniEmitter<? super Void> turn, Context context) {
            this.turn = turn;
            this.context = context;
        }

        private void goOn() {
            if (context == null) {
                turn.complete(null);
            } else {
                context.owner().cancelTimer(timer);
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
                if (waiting.context != null) {
                    waiting.timer = waiting.context.owner().setTimer(patience.toMillis(), over -> giveUp(key, waiting));
                }
                return;
            }
            keys.put(key, new ArrayDeque<>());
        }
        waiting.turn.complete(null);
    }

    private void giveUp(String key, Waiting waiting) {
        boolean waited;
        synchronized (keys) {
            Queue<Waiting> others = keys.get(key);
            waited = others != null && others.remove(waiting);
        }
        if (waited) {
            waiting.turn.fail(RosterException.of(ErrorCode.UNAVAILABLE));
        }
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
