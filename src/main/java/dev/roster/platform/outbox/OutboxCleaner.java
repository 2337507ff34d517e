package dev.roster.platform.outbox;

import dev.roster.platform.background.Deletion;
import dev.roster.platform.background.PeriodicWork;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;

/** Deletes messages that were sent long ago. */
@ApplicationScoped
class OutboxCleaner implements PeriodicWork {
    // Long enough to answer the question whether a mail was sent.
    private static final Duration KEEP = Duration.ofDays(7);

    private static final String DELETE_PART =
            """
            DELETE FROM outbox WHERE (organization_id, id) IN
              (SELECT organization_id, id FROM outbox WHERE sent_at < $1
                ORDER BY sent_at LIMIT %d FOR UPDATE SKIP LOCKED)
            """
                    .formatted(Deletion.PART);

    private final Pool database;
    private final Clock clock;

    OutboxCleaner(Pool database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(10);
    }

    @Override
    public Uni<Void> run() {
        Tuple before = Tuple.of(clock.instant().minus(KEEP).atOffset(ZoneOffset.UTC));
        return Deletion.ofAll(database, DELETE_PART, before);
    }
}
