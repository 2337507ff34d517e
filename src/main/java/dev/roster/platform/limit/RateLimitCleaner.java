package dev.roster.platform.limit;

import dev.roster.platform.background.Cleaner;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;

/** Deletes rate limits of which nothing is used up any more. */
@Singleton
class RateLimitCleaner extends Cleaner {
    // Rows are small and few; a cleaner that ran more often would find nothing
    private static final Duration EVERY = Duration.ofMinutes(10);

    RateLimitCleaner(Pool database, Clock clock) {
        super(
                database,
                EVERY,
                new Past(
                        "rate_limits",
                        "organization_id, name, subject",
                        "WHERE free_at < $1 ORDER BY free_at",
                        clock::instant));
    }
}
