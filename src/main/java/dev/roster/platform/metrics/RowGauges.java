package dev.roster.platform.metrics;

import dev.roster.platform.background.PeriodicWork;
import dev.roster.platform.persistence.Steps;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Counts rows for those who read metrics: away from requests and scrapes, only as long as somebody
 * reads, and never more than a part of a large table.
 */
@ApplicationScoped
public class RowGauges implements PeriodicWork {
    // Counted in a few milliseconds over an index. Above, the number that the planner keeps of the
    // index does: it is as old as the last vacuum.
    private static final int EXACT = 10_000;

    private static final String COUNT = """
            SELECT CASE WHEN counted.part <= %1$s THEN counted.part
                   ELSE greatest(counted.part, (SELECT reltuples::bigint FROM pg_class WHERE oid = '%3$s'::regclass))
                   END
              FROM (SELECT count(*) AS part FROM (SELECT 1 FROM %2$s LIMIT %1$s + 1) AS rows) AS counted
            """;

    private final List<CountedRows> counted;
    private final Pool pool;
    private final Map<String, Double> counts = new ConcurrentHashMap<>();
    private final AtomicBoolean read = new AtomicBoolean(true);

    RowGauges(@All List<CountedRows> counted, Pool pool, MeterRegistry metrics) {
        this.counted = counted;
        this.pool = pool;
        counted.forEach(rows -> Gauge.builder(rows.gauge(), () -> value(rows))
                .description(rows.description())
                .register(metrics));
    }

    @Override
    public Duration first() {
        return Duration.ofMillis(1);
    }

    // As often as Prometheus scrapes by default
    @Override
    public Duration every() {
        return Duration.ofMinutes(1);
    }

    @Override
    public Uni<Void> run() {
        return read.getAndSet(false) ? refresh() : Uni.createFrom().voidItem();
    }

    /** Counts all of them anew; what cannot be counted is no number, as an old one would hide those of other replicas. */
    Uni<Void> refresh() {
        return Steps.eachOnItsOwn(counted, rows -> Uni.createFrom()
                .deferred(() -> count(rows))
                .onFailure()
                .invoke(() -> counts.remove(rows.gauge())));
    }

    private double value(CountedRows rows) {
        read.set(true);
        return counts.getOrDefault(rows.gauge(), Double.NaN);
    }

    private Uni<Void> count(CountedRows rows) {
        return pool.query(COUNT.formatted(EXACT, rows.rows(), rows.index()))
                .execute()
                .invoke(answer -> counts.put(
                        rows.gauge(), answer.iterator().next().getLong(0).doubleValue()))
                .replaceWithVoid();
    }
}
