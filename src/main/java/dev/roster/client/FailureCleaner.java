package dev.roster.client;

import dev.roster.platform.background.Deletion;
import dev.roster.platform.background.PeriodicWork;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;

/** Deletes counts of failures that mean nothing any more, and those beyond what is kept. */
@ApplicationScoped
class FailureCleaner implements PeriodicWork {
    private static final String DELETE =
            """
            DELETE FROM client_failures WHERE (kind, subject) IN (
              SELECT kind, subject FROM client_failures %s LIMIT %d FOR UPDATE SKIP LOCKED)
            """;
    private static final String DELETE_ENDED =
            DELETE.formatted("WHERE ends_at <= $1 ORDER BY ends_at", Deletion.PART);
    private static final String DELETE_BEYOND =
            DELETE.formatted("ORDER BY ends_at DESC OFFSET $1", Deletion.PART);

    private final Pool database;
    private final FailureLimits limits;
    private final Clock clock;

    FailureCleaner(Pool database, FailureLimits limits, Clock clock) {
        this.database = database;
        this.limits = limits;
        this.clock = clock;
    }

    // As long as a window: the table holds what two of them bring.
    @Override
    public Duration every() {
        return Duration.ofMinutes(1);
    }

    @Override
    public Uni<Void> run() {
        Tuple now = Tuple.of(clock.instant().atOffset(ZoneOffset.UTC));
        Tuple kept = Tuple.of((long) limits.kept());
        return Deletion.ofAll(database, DELETE_ENDED, now)
                .chain(() -> Deletion.ofAll(database, DELETE_BEYOND, kept));
    }
}
