package dev.roster.client;

import dev.roster.platform.error.RosterException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * Counts failed client authentications in the database, so that replicas share the counts, and puts
 * off further attempts. A success writes nothing, and an attempt that is put off is not counted.
 */
@ApplicationScoped
class FailedAuthentications {
    private static final String FIND =
            """
            SELECT kind, failures, ends_at FROM client_failures
             WHERE (kind, subject) IN (('address', $1), ('client', $2), ('pair', $3)) AND ends_at > $4
            """;

    // Always in this order, so that two never wait for each other.
    private static final String COUNT =
            """
            INSERT INTO client_failures AS f (kind, subject, failures, ends_at)
            VALUES ('address', $1, 1, $5), ('client', $2, 1, $5), ('pair', $3, 1, $5)
                ON CONFLICT ON CONSTRAINT client_failures_pk DO UPDATE
               SET failures = CASE WHEN f.ends_at > $4 THEN f.failures + 1 ELSE 1 END,
                   ends_at = CASE WHEN f.ends_at > $4 THEN f.ends_at ELSE excluded.ends_at END
            RETURNING kind, failures, ends_at
            """;

    private final Pool database;
    private final FailureLimits limits;
    private final Clock clock;

    FailedAuthentications(Pool database, FailureLimits limits, Clock clock) {
        this.database = database;
        this.limits = limits;
        this.clock = clock;
    }

    /** {@code rate_limited} where there were too many. */
    Uni<Void> requireFew(Attempt attempt) {
        Tuple parameters = attempt(attempt).addOffsetDateTime(utc(clock.instant()));
        return database.preparedQuery(FIND)
                .execute(parameters)
                .invoke(rows -> requireOpen(FailureCounts.of(rows)))
                .replaceWithVoid();
    }

    /**
     * Counts one more. {@code rate_limited} where others that ran at the same time have used up the
     * limit, so that a volley gets no more answers than a row.
     */
    Uni<Void> count(Attempt attempt) {
        Instant now = clock.instant();
        Tuple parameters =
                attempt(attempt)
                        .addOffsetDateTime(utc(now))
                        .addOffsetDateTime(utc(now.plus(limits.window())));
        return database.preparedQuery(COUNT)
                .execute(parameters)
                .invoke(rows -> requireOpen(FailureCounts.of(rows).withoutLast()))
                .replaceWithVoid();
    }

    private void requireOpen(FailureCounts counts) {
        limits.closedUntil(counts)
                .ifPresent(
                        end -> {
                            throw RosterException.rateLimited(
                                    Duration.between(clock.instant(), end));
                        });
    }

    private static Tuple attempt(Attempt attempt) {
        return Tuple.tuple()
                .addBuffer(attempt.address())
                .addBuffer(attempt.client())
                .addBuffer(attempt.pair());
    }

    private static OffsetDateTime utc(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
