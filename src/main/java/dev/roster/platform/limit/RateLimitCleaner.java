package dev.roster.platform.limit;

import dev.roster.platform.background.Deletion;
import dev.roster.platform.background.PeriodicWork;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;

/** Deletes rate limits of which nothing is used up any more. */
@ApplicationScoped
class RateLimitCleaner implements PeriodicWork {
    private static final String DELETE_PART =
            """
            DELETE FROM rate_limits WHERE (organization_id, name, subject) IN
              (SELECT organization_id, name, subject FROM rate_limits WHERE free_at < $1
                ORDER BY free_at LIMIT %d FOR UPDATE SKIP LOCKED)
            """
                    .formatted(Deletion.PART);

    private final Pool database;
    private final Clock clock;

    RateLimitCleaner(Pool database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    // Rows are small and few; a cleaner that ran more often would find nothing.
    @Override
    public Duration every() {
        return Duration.ofMinutes(10);
    }

    @Override
    public Uni<Void> run() {
        Tuple now = Tuple.of(clock.instant().atOffset(ZoneOffset.UTC));
        return Deletion.ofAll(database, DELETE_PART, now);
    }
}
