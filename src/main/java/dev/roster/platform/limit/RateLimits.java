package dev.roster.platform.limit;

import dev.roster.platform.background.Cleaner;
import dev.roster.platform.background.Cleaner.Past;
import dev.roster.platform.persistence.Rows;
import dev.roster.platform.persistence.SessionSql;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * Counts limited actions in the database, so that replicas share the count. One point in time per
 * subject is all that is kept (the generic cell rate algorithm, ITU-T I.371): there is no window
 * whose edge lets twice as many through.
 */
@ApplicationScoped
public class RateLimits {
    // The answer is how much is used up, in milliseconds of the period.
    private static final String SPEND = """
            INSERT INTO rate_limits AS l (organization_id, name, subject, free_at)
            VALUES ($1, $2, $3, CAST($4 AS timestamptz) + CAST($5 AS bigint) * interval '1 millisecond')
            ON CONFLICT ON CONSTRAINT rate_limits_pk
            DO UPDATE SET free_at = (greatest(l.free_at, CAST($4 AS timestamptz)) AT TIME ZONE 'UTC'
                                    + CAST($5 AS bigint) * interval '1 millisecond') AT TIME ZONE 'UTC'
            RETURNING CAST(ceil(extract(epoch FROM free_at - CAST($4 AS timestamptz)) * 1000) AS bigint)
            """;

    private final Clock clock;

    RateLimits(Clock clock) {
        this.clock = clock;
    }

    /** Deletes those of which nothing is used up any more. They are small and few: more often, there would be none. */
    @Produces
    @Singleton
    static Cleaner unused(Pool database, Clock clock) {
        return new Cleaner(
                "RateLimitCleaner",
                database,
                Duration.ofMinutes(10),
                new Past(
                        "rate_limits",
                        "organization_id, name, subject",
                        "WHERE free_at < $1 ORDER BY free_at",
                        clock::instant));
    }

    /**
     * Uses up one action inside the caller's transaction; {@code rate_limited} says when to come
     * again. A transaction that fails gives the action back. Two transactions of one subject take
     * turns from here on.
     */
    public Uni<Void> spend(RateLimit limit, UUID organizationId, String subject) {
        Instant now = clock.instant();
        return SessionSql.value(
                        Long.class,
                        SPEND,
                        organizationId,
                        limit.name(),
                        subject,
                        Rows.utc(now),
                        limit.step().toMillis())
                .invoke(used -> refuseBeyond(limit, Duration.of(used, ChronoUnit.MILLIS)))
                .replaceWithVoid();
    }

    private static void refuseBeyond(RateLimit limit, Duration used) {
        Duration excess = used.minus(limit.period());
        if (!excess.isNegative() && !excess.isZero()) {
            throw new LimitReached(excess);
        }
    }
}
