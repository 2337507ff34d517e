package dev.roster.platform.outbox;

import dev.roster.platform.background.Cleaner;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;

/** Deletes messages that were sent long ago. */
@Singleton
class OutboxCleaner extends Cleaner {
    // Long enough to answer the question whether a mail was sent
    private static final Duration KEEP = Duration.ofDays(7);

    OutboxCleaner(Pool database, Clock clock) {
        super(
                database,
                Duration.ofMinutes(10),
                new Past("outbox", "organization_id, id", "WHERE sent_at < $1 ORDER BY sent_at", () -> clock.instant()
                        .minus(KEEP)));
    }
}
