package dev.roster.access.password;

import dev.roster.platform.background.Cleaner;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Deletes counts of names that no account has: those of a month ago, and those beyond what is kept.
 * The counts of accounts stay until a success.
 */
@Singleton
class PasswordFailureCleaner extends Cleaner {
    // Whoever sees that a count is forgotten learns that nobody has the name: a hundred guesses and
    // a month for each
    private static final Duration REMEMBERED = Duration.ofDays(30);

    PasswordFailureCleaner(Pool database, PasswordFailureSettings settings, Clock clock) {
        super(
                database,
                Duration.ofMinutes(1),
                past("AND failed_at <= $1 ORDER BY failed_at", () -> clock.instant()
                        .minus(REMEMBERED)),
                past("ORDER BY failed_at DESC OFFSET $1", () -> (long) settings.kept()));
    }

    private static Past past(String which, Supplier<?> limit) {
        return new Past("password_failures", "subject", "WHERE user_id IS NULL " + which, limit);
    }
}
