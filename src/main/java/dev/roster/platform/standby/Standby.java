package dev.roster.platform.standby;

import dev.roster.platform.database.ServerChange;
import dev.roster.platform.database.WorkOwner;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** A server that lists are read from, while it answers. */
final class Standby {
    private static final Logger LOG = Logger.getLogger(Standby.class);

    // How far apart the looks at one are that is a little behind
    private static final Duration PAUSE = Duration.ofMillis(2);

    private final String name;
    private final Pool pool;
    private final int size;
    private final long probation;
    private final AtomicInteger inUse = new AtomicInteger();
    private final Map<Object, Integer> underWay = new HashMap<>();
    private volatile boolean available;
    private volatile long trustedFrom = System.nanoTime();

    /**
     * One that has not been looked at yet.
     *
     * @param size connections of the pool at most
     * @param kept how long a connection of the pool is kept that nobody uses
     */
    Standby(String name, Pool pool, int size, Duration kept) {
        this.name = name;
        this.pool = pool;
        this.size = size;
        // Of a network that has forgotten connections, those that rest in the pool are ended by then
        probation = kept.plus(WalPosition.SILENCE).toNanos();
    }

    /** Whether it is worth asking. */
    boolean isAvailable() {
        return available;
    }

    void close() {
        pool.closeAndForget();
    }

    /**
     * The rows of a statement, once everything up to a place of the log is in them; fails where that takes longer than the
     * patience, and wherever it does not answer.
     */
    Uni<RowSet<Row>> read(WalPosition target, Duration patience, String sql, Tuple values) {
        return inShare(connected(connection -> hasReached(connection, target, patience)
                        .chain(() -> connection.preparedQuery(sql).execute(values))))
                .onFailure(Standby::isLoss)
                .invoke(this::miss);
    }

    /** Looks whether it answers, and is a standby. Never fails. */
    Uni<Void> look() {
        // With all connections in use there is nothing to be learnt but that they are
        return inUse.get() >= size
                ? Uni.createFrom().voidItem()
                : connected(connection -> WalPosition.ask(connection, WalPosition.REPLAYED))
                        .map(rows -> rows.size() > 0)
                        .ifNoItem()
                        .after(WalPosition.SILENCE)
                        .fail()
                        .onFailure()
                        .recoverWithItem(false)
                        .invoke(answers -> {
                            if (answers) {
                                trust();
                            } else {
                                miss();
                            }
                        })
                        .replaceWithVoid();
    }

    private <T> Uni<T> connected(Function<SqlConnection, Uni<T>> work) {
        return pool.withConnection(connection -> {
            inUse.incrementAndGet();
            // Without a handler the driver would write a stack where the log is
            connection.exceptionHandler(failure -> LOG.debugf(failure, "A connection to the standby %s failed", name));
            return work.apply(connection).onTermination().invoke(inUse::decrementAndGet);
        });
    }

    /** Completes when it has replayed the log up to a place; fails where that takes too long. */
    private Uni<Void> hasReached(SqlConnection connection, WalPosition target, Duration patience) {
        return Uni.createFrom()
                .deferred(() -> WalPosition.ask(connection, WalPosition.REPLAYED))
                .invoke(rows -> checkReached(rows, target))
                .replaceWithVoid()
                .onFailure(BehindException.class)
                .retry()
                .withBackOff(PAUSE, PAUSE)
                .withJitter(0)
                .expireIn(Math.max(1, patience.toMillis()));
    }

    /** Fails for good where waiting does not help: of another timeline, or no standby any more. */
    private static void checkReached(RowSet<Row> rows, WalPosition target) {
        if (rows.size() == 0) {
            throw new IllegalStateException("the server is no standby");
        }
        WalPosition replayed = WalPosition.of(rows.iterator().next());
        if (replayed.approaches(target)) {
            throw new BehindException();
        }
        if (!replayed.reaches(target)) {
            throw new IllegalStateException("the standby is of another cluster, or follows another timeline");
        }
    }

    private static boolean isLoss(Throwable failure) {
        boolean busy = failure instanceof ConnectionPoolTooBusyException;
        return !busy && (failure instanceof TimeoutException || ServerChange.isLoss(failure));
    }

    private synchronized void trust() {
        if (!available && System.nanoTime() - trustedFrom >= 0) {
            available = true;
            LOG.infof("The standby %s answers lists", name);
        }
    }

    private synchronized void miss() {
        trustedFrom = System.nanoTime() + probation;
        if (available) {
            available = false;
            LOG.infof("The standby %s does not answer, lists are read without it", name);
        }
    }

    /** A read, unless as many of the same organization are under way as may be: one that hangs does not hold all others up. */
    private Uni<RowSet<Row>> inShare(Uni<RowSet<Row>> read) {
        return Uni.createFrom().deferred(() -> {
            Object owner = WorkOwner.of(Vertx.currentContext());
            if (owner == null) {
                return read;
            }
            return take(owner)
                    ? read.onTermination().invoke(() -> giveBack(owner))
                    : Uni.createFrom().failure(new IllegalStateException("its share of the standby is in use"));
        });
    }

    private synchronized boolean take(Object owner) {
        int now = underWay.getOrDefault(owner, 0);
        boolean free = now < WorkOwner.share(owner, size);
        if (free) {
            underWay.put(owner, now + 1);
        }
        return free;
    }

    private synchronized void giveBack(Object owner) {
        underWay.computeIfPresent(owner, (key, now) -> now == 1 ? null : now - 1);
    }

    /** It has not come far enough yet. */
    private static final class BehindException extends RuntimeException {
        private static final long serialVersionUID = 1;

        BehindException() {
            super("the standby is behind", null, false, false);
        }
    }
}
