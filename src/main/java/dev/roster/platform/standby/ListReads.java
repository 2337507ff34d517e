package dev.roster.platform.standby;

import dev.roster.platform.background.PeriodicWork;
import dev.roster.platform.database.PoolSettings;
import dev.roster.platform.database.WorkOwner;
import dev.roster.platform.persistence.UnitOfWork;
import dev.roster.platform.request.OwnContext;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * Reads lists and exports: from a standby, where there is one that has everything which was committed before the list was
 * asked for, by whomever and through whichever replica of the service; otherwise from the primary. So nobody misses what they
 * have just written.
 */
@ApplicationScoped
public class ListReads implements PeriodicWork {
    private static final Logger LOG = Logger.getLogger(ListReads.class);

    // How far apart the looks at a standby are that is a little behind
    private static final Duration PAUSE = Duration.ofMillis(2);

    private static final Duration SILENCE = Duration.ofSeconds(1);

    private final Pool primary;
    private final Standbys standbys;
    private final WrittenSoFar written;
    private final Duration patience;
    private final Counter fromStandby;
    private final Counter fromPrimary;
    private final int share;
    private final Map<Object, Integer> underWay = new HashMap<>();
    private volatile boolean available;

    ListReads(
            Pool primary,
            Standbys standbys,
            WrittenSoFar written,
            StandbySettings settings,
            PoolSettings limits,
            MeterRegistry metrics) {
        this.primary = primary;
        this.standbys = standbys;
        this.written = written;
        patience = Duration.ofMillis(settings.checkedPatience());
        share = WorkOwner.share(limits.checkedSize());
        fromStandby = metrics.counter("roster.db.lists", "from", "standby");
        fromPrimary = metrics.counter("roster.db.lists", "from", "primary");
        if (standbys.pool().isPresent()) {
            Gauge.builder("roster.db.standby", this, reads -> reads.available ? 1 : 0)
                    .description("Whether a standby answers, 1 or 0")
                    .register(metrics);
        }
    }

    /** The rows of a statement that changes nothing, as they are now or later. */
    public Uni<RowSet<Row>> execute(String sql, Tuple values) {
        return standbys.pool()
                .filter(pool -> available)
                .map(pool -> UnitOfWork.carriedOut(fromStandby(pool, sql, values)))
                .orElseGet(() -> fromPrimary(sql, values));
    }

    private Uni<RowSet<Row>> fromStandby(Pool pool, String sql, Tuple values) {
        return inShare(read(pool, sql, values))
                .invoke(() -> fromStandby.increment())
                // Also a list that the replay of a change has cut off
                .onFailure()
                .recoverWithUni(failure -> {
                    LOG.debug("A list is read from the primary", failure);
                    return fromPrimary(sql, values);
                });
    }

    private Uni<RowSet<Row>> read(Pool pool, String sql, Tuple values) {
        // The waits below end on other threads; what follows, also from the primary, is the request's
        return written.get()
                .chain(target -> OwnContext.keep(pool.withConnection(connection -> hasReached(connection, target)
                        .chain(() -> connection.preparedQuery(sql).execute(values)))));
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
        if (now < share) {
            underWay.put(owner, now + 1);
        }
        return now < share;
    }

    private synchronized void giveBack(Object owner) {
        underWay.computeIfPresent(owner, (key, now) -> now == 1 ? null : now - 1);
    }

    private Uni<RowSet<Row>> fromPrimary(String sql, Tuple values) {
        return primary.preparedQuery(sql).execute(values).invoke(() -> fromPrimary.increment());
    }

    /** Completes when a standby has replayed the log up to a place; fails where that takes too long. */
    private Uni<Void> hasReached(SqlConnection standby, WalPosition target) {
        return Uni.createFrom()
                .deferred(() -> standby.preparedQuery(WalPosition.REPLAYED).execute())
                .invoke(rows -> checkReached(rows, target))
                .replaceWithVoid()
                .onFailure(BehindException.class)
                .retry()
                .withBackOff(PAUSE, PAUSE)
                .withJitter(0)
                .expireIn(Math.max(1, patience.toMillis()))
                // One that is silent would hold the list for as long as a silent primary
                .ifNoItem()
                .after(patience.plus(SILENCE))
                .fail();
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
            throw new IllegalStateException("the standby follows another timeline");
        }
    }

    @Override
    public Duration first() {
        return Duration.ofMillis(100);
    }

    // A standby that is away costs each list the wait for a connection until this is told
    @Override
    public Duration every() {
        return Duration.ofSeconds(1);
    }

    /** Looks whether a standby answers. Never fails: the primary has everything. */
    @Override
    public Uni<Void> run() {
        return standbys.pool()
                .map(pool -> pool.preparedQuery(WalPosition.REPLAYED)
                        .execute()
                        .map(rows -> rows.size() > 0)
                        .ifNoItem()
                        .after(SILENCE)
                        .fail()
                        .onFailure()
                        .recoverWithItem(false)
                        .invoke(this::note)
                        .replaceWithVoid())
                .orElseGet(Uni.createFrom()::voidItem);
    }

    private void note(boolean answers) {
        if (answers != available) {
            available = answers;
            LOG.infof(answers ? "A standby answers lists" : "No standby answers, lists are read from the primary");
        }
    }

    /** A standby that has not come far enough yet. */
    private static final class BehindException extends RuntimeException {
        private static final long serialVersionUID = 1;

        BehindException() {
            super("the standby is behind", null, false, false);
        }
    }
}
