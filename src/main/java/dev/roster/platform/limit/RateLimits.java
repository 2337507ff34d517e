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
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

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
            VALUES %s
            ON CONFLICT ON CONSTRAINT rate_limits_pk
            DO UPDATE SET free_at = (greatest(l.free_at, CAST($2 AS timestamptz)) AT TIME ZONE 'UTC'
                                    + (excluded.free_at - CAST($2 AS timestamptz))) AT TIME ZONE 'UTC'
            RETURNING name, CAST(ceil(extract(epoch FROM free_at - CAST($2 AS timestamptz)) * 1000) AS bigint)
            """;

    // Written, and so locked, in their order
    private static final String ROW =
            "($1, $%s, $%s, CAST($2 AS timestamptz) + CAST($%s AS bigint) * interval '1 millisecond')";
    private static final String SPEND_ONE = SPEND.formatted(ROW.formatted(3, 4, 5));
    private static final String SPEND_TWO = SPEND.formatted(ROW.formatted(3, 4, 5) + ", " + ROW.formatted(6, 7, 8));

    /** One action of somebody or something, and how many of these there may be. */
    public record Action(RateLimit limit, String subject) {}

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
        return spend(SPEND_ONE, organizationId, List.of(new Action(limit, subject)));
    }

    /** The same of two actions with limits of their own, one after the other in one statement. */
    public Uni<Void> spend(UUID organizationId, Action first, Action second) {
        return spend(SPEND_TWO, organizationId, List.of(first, second));
    }

    private Uni<Void> spend(String statement, UUID organizationId, List<Action> actions) {
        List<Object> values = new ArrayList<>(List.of(organizationId, Rows.now(clock)));
        actions.forEach(action -> Collections.addAll(
                values,
                action.limit().name(),
                action.subject(),
                action.limit().step().toMillis()));
        return SessionSql.list(row -> Map.entry(row.getString(0), row.getLong(1)), statement, values.toArray())
                .map(RateLimits::byName)
                .invoke(used -> actions.forEach(action ->
                        refuseBeyond(action.limit(), used.get(action.limit().name()))))
                .replaceWithVoid();
    }

    private static Map<String, Long> byName(List<Map.Entry<String, Long>> used) {
        return used.stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static void refuseBeyond(RateLimit limit, long usedMillis) {
        Duration excess = Duration.ofMillis(usedMillis).minus(limit.period());
        if (!excess.isNegative() && !excess.isZero()) {
            throw new LimitReached(excess);
        }
    }
}
