package dev.roster.platform.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Counts rows for those who read metrics: away from requests and scrapes, only as long as somebody
 * reads, and never more than a part of a large table.
 */
@ApplicationScoped
public class RowGauges {
    private static final Logger LOG = Logger.getLogger(RowGauges.class);

    // As often as Prometheus scrapes by default
    private static final long INTERVAL_MILLISECONDS = 60_000;

    // Counted in a few milliseconds over an index. Above, the number that the planner keeps of the
    // index does: it is as old as the last vacuum.
    private static final int EXACT = 10_000;

    private static final String COUNT =
            """
            SELECT CASE WHEN counted.part <= %1$d THEN counted.part
                   ELSE greatest(counted.part, (SELECT reltuples::bigint FROM pg_class WHERE oid = '%3$s'::regclass))
                   END
              FROM (SELECT count(*) AS part FROM (SELECT FROM %2$s LIMIT %1$d + 1) AS rows) AS counted
            """;

    private final List<CountedRows> counted;
    private final Pool pool;
    private final Vertx vertx;
    private final Map<String, Double> counts = new ConcurrentHashMap<>();
    private final AtomicBoolean read = new AtomicBoolean(true);
    private long timer;

    RowGauges(@All List<CountedRows> counted, Pool pool, Vertx vertx, MeterRegistry metrics) {
        this.counted = counted;
        this.pool = pool;
        this.vertx = vertx;
        counted.forEach(
                rows ->
                        Gauge.builder(rows.gauge(), () -> value(rows))
                                .description(rows.description())
                                .register(metrics));
    }

    void onStart(@Observes StartupEvent start) {
        timer = vertx.setPeriodic(1, INTERVAL_MILLISECONDS, tick -> refreshIfRead());
    }

    void onStop(@Observes ShutdownEvent stop) {
        vertx.cancelTimer(timer);
    }

    /** Counts all of them anew. */
    Uni<Void> refresh() {
        return Multi.createFrom()
                .iterable(counted)
                .onItem()
                .transformToUniAndConcatenate(this::count)
                .toUni()
                .replaceWithVoid();
    }

    private double value(CountedRows rows) {
        read.set(true);
        return counts.getOrDefault(rows.gauge(), Double.NaN);
    }

    private void refreshIfRead() {
        if (read.getAndSet(false)) {
            refresh().subscribe().with(done -> {}, failure -> LOG.debug("Not counted", failure));
        }
    }

    private Uni<Void> count(CountedRows rows) {
        return pool.query(COUNT.formatted(EXACT, rows.rows(), rows.index()))
                .execute()
                .invoke(
                        answer ->
                                counts.put(
                                        rows.gauge(),
                                        answer.iterator().next().getLong(0).doubleValue()))
                .replaceWithVoid();
    }
}
