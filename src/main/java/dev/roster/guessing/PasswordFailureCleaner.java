package dev.roster.guessing;

import dev.roster.platform.background.Deletion;
import dev.roster.platform.background.PeriodicWork;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;

/**
 * Deletes counts of names that no account has: those of a month ago, and those beyond what is kept.
 * The counts of accounts stay until a success.
 */
@ApplicationScoped
class PasswordFailureCleaner implements PeriodicWork {
    // Whoever sees that a count is forgotten learns that nobody has the name: a hundred guesses and
    // a month for each
    private static final Duration REMEMBERED = Duration.ofDays(30);

    private static final String DELETE =
            """
            DELETE FROM password_failures WHERE subject IN (
              SELECT subject FROM password_failures WHERE user_id IS NULL %s LIMIT %d FOR UPDATE SKIP LOCKED)
            """;
    private static final String DELETE_OLD =
            DELETE.formatted("AND failed_at <= $1 ORDER BY failed_at", Deletion.PART);
    private static final String DELETE_BEYOND =
            DELETE.formatted("ORDER BY failed_at DESC OFFSET $1", Deletion.PART);

    private final Pool database;
    private final PasswordFailureLimits limits;
    private final Clock clock;

    PasswordFailureCleaner(Pool database, PasswordFailureLimits limits, Clock clock) {
        this.database = database;
        this.limits = limits;
        this.clock = clock;
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(1);
    }

    @Override
    public Uni<Void> run() {
        Tuple old = Tuple.of(clock.instant().minus(REMEMBERED).atOffset(ZoneOffset.UTC));
        Tuple kept = Tuple.of((long) limits.kept());
        return Deletion.ofAll(database, DELETE_OLD, old)
                .chain(() -> Deletion.ofAll(database, DELETE_BEYOND, kept));
    }
}
