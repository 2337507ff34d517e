package dev.roster.access.client;

import dev.roster.platform.background.Cleaner;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;

/** Deletes counts of failures that mean nothing any more, and those beyond what is kept. */
@Singleton
class FailureCleaner extends Cleaner {
    // As long as a window: the table holds what two of them bring
    private static final Duration EVERY = Duration.ofMinutes(1);

    FailureCleaner(Pool database, FailureLimits limits, Clock clock) {
        super(
                database,
                EVERY,
                past("WHERE ends_at <= $1 ORDER BY ends_at", clock::instant),
                past("ORDER BY ends_at DESC OFFSET $1", () -> (long) limits.kept()));
    }

    private static Past past(String which, Supplier<?> limit) {
        return new Past("client_failures", "kind, subject", which, limit);
    }
}
