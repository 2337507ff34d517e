package dev.roster.platform.standby;

import dev.roster.platform.background.PeriodicWork;
import dev.roster.platform.persistence.UnitOfWork;
import dev.roster.platform.request.OwnContext;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Reads lists and exports: from a standby, where there is one that has everything which was committed before the list was
 * asked for, by whomever and through whichever replica of the service; otherwise from the primary. So nobody misses what they
 * have just written.
 */
@ApplicationScoped
public class ListReads implements PeriodicWork {
    private static final Logger LOG = Logger.getLogger(ListReads.class);

    private final Pool primary;
    private final Standbys standbys;
    private final WrittenSoFar written;
    private final Duration patience;
    private final Counter fromStandby;
    private final Counter fromPrimary;

    ListReads(Pool primary, Standbys standbys, WrittenSoFar written, StandbySettings settings, MeterRegistry metrics) {
        this.primary = primary;
        this.standbys = standbys;
        this.written = written;
        patience = settings.patience();
        fromStandby = metrics.counter("roster.db.lists", "from", "standby");
        fromPrimary = metrics.counter("roster.db.lists", "from", "primary");
        if (!standbys.all().isEmpty()) {
            Gauge.builder("roster.db.standby", standbys, found -> found.answer() ? 1 : 0)
                    .description("Whether a standby answers, 1 or 0")
                    .register(metrics);
        }
    }

    /** The rows of a statement that changes nothing, as they are now or later. */
    public Uni<RowSet<Row>> execute(String sql, Tuple values) {
        return standbys.next()
                .map(standby -> UnitOfWork.carriedOut(fromStandby(standby, sql, values)))
                .orElseGet(() -> fromPrimary(sql, values));
    }

    private Uni<RowSet<Row>> fromStandby(Standby standby, String sql, Tuple values) {
        return written.get()
                // The waits of it end on other threads; what follows, also from the primary, is the request's
                .chain(target -> OwnContext.keep(standby.read(target, patience, sql, values)))
                .invoke(() -> fromStandby.increment())
                // Also a list that the replay of a change has cut off
                .onFailure()
                .recoverWithUni(failure -> {
                    LOG.debug("A list is read from the primary", failure);
                    return fromPrimary(sql, values);
                });
    }

    private Uni<RowSet<Row>> fromPrimary(String sql, Tuple values) {
        return primary.preparedQuery(sql).execute(values).invoke(() -> fromPrimary.increment());
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

    /** Looks which standbys answer. Never fails: the primary has everything. */
    @Override
    public Uni<Void> run() {
        return Multi.createFrom()
                .iterable(standbys.all())
                .onItem()
                .transformToUniAndMerge(Standby::look)
                .onItem()
                .ignoreAsUni();
    }
}
