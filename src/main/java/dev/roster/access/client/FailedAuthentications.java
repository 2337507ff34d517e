package dev.roster.access.client;

import dev.roster.access.password.FailureSubject;
import dev.roster.access.password.GuessMarks;
import dev.roster.platform.background.Cleaner;
import dev.roster.platform.background.Cleaner.Past;
import dev.roster.platform.http.Network;
import dev.roster.platform.persistence.Rows;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * Counts failed authentications in the database, so that replicas share the counts, and puts off
 * further ones. A success writes nothing, what is put off is not counted, and a wrong secret that
 * is repeated counts once.
 */
@ApplicationScoped
public class FailedAuthentications {
    private static final String FIND = """
            SELECT kind, failures, ends_at FROM client_failures
             WHERE (kind, subject) IN (('address', $1), ('client', $2), ('pair', $3)) AND ends_at > $4
            """;

    // Always in this order, so that two never wait for each other. Where the pair has seen the
    // secret nothing is counted. 64 marks are remembered, more than any pair is let try.
    private static final String COUNT = """
            WITH pair AS (
              INSERT INTO client_failures AS f (kind, subject, failures, ends_at, seen)
              SELECT 'pair', CAST($3 AS bytea), 1, CAST($5 AS timestamptz), CAST($6 AS bytea) WHERE CAST($7 AS boolean)
                  ON CONFLICT ON CONSTRAINT client_failures_pk DO UPDATE
                 SET failures = CASE WHEN f.ends_at > $4 THEN f.failures + 1 ELSE 1 END,
                     ends_at = CASE WHEN f.ends_at > $4 THEN f.ends_at ELSE excluded.ends_at END,
                     seen = CASE WHEN f.ends_at <= $4 THEN excluded.seen
                            ELSE substring(f.seen || excluded.seen FROM greatest(octet_length(f.seen) - 503, 1)) END
               WHERE f.ends_at <= $4 OR position(excluded.seen IN f.seen) = 0
              RETURNING kind, failures, ends_at),
            others AS (
              INSERT INTO client_failures AS f (kind, subject, failures, ends_at)
              SELECT o.kind, o.subject, 1, CAST($5 AS timestamptz)
                FROM (VALUES ('address', CAST($1 AS bytea)), ('client', CAST($2 AS bytea))) AS o (kind, subject), pair
                  ON CONFLICT ON CONSTRAINT client_failures_pk DO UPDATE
                 SET failures = CASE WHEN f.ends_at > $4 THEN f.failures + 1 ELSE 1 END,
                     ends_at = CASE WHEN f.ends_at > $4 THEN f.ends_at ELSE excluded.ends_at END
              RETURNING kind, failures, ends_at)
            SELECT kind, failures, ends_at FROM pair UNION ALL SELECT kind, failures, ends_at FROM others
            """;

    private static final String COUNT_ADDRESS = """
            INSERT INTO client_failures AS f (kind, subject, failures, ends_at) VALUES ('address', $1, 1, $3)
                ON CONFLICT ON CONSTRAINT client_failures_pk DO UPDATE
               SET failures = CASE WHEN f.ends_at > $2 THEN f.failures + 1 ELSE 1 END,
                   ends_at = CASE WHEN f.ends_at > $2 THEN f.ends_at ELSE excluded.ends_at END
            """;

    private static final String FIND_ADDRESS = """
            SELECT kind, failures, ends_at FROM client_failures
             WHERE kind = 'address' AND subject = $1 AND ends_at > $2
            """;

    // A key names its client itself, in a way that only its signature proves
    private static final String ANY_KEY = "api key\n";

    private final Pool database;
    private final GuessMarks marks;
    private final FailureSettings limits;
    private final Clock clock;

    FailedAuthentications(Pool database, GuessMarks marks, FailureSettings limits, Clock clock) {
        this.database = database;
        this.marks = marks;
        this.limits = limits;
        this.clock = clock;
    }

    /** Deletes counts that mean nothing any more, and those beyond what is kept. */
    @Produces
    @Singleton
    static Cleaner ended(Pool database, FailureSettings limits, Clock clock) {
        // As often as a window ends: the table holds what two of them bring
        return new Cleaner(
                "FailureCleaner",
                database,
                Duration.ofMinutes(1),
                past("WHERE ends_at <= $1 ORDER BY ends_at", clock::instant),
                past("ORDER BY ends_at DESC OFFSET $1", () -> (long) limits.kept()));
    }

    private static Past past(String which, Supplier<?> limit) {
        return new Past("client_failures", "kind, subject", which, limit);
    }

    /** {@code rate_limited} where there were too many. */
    Uni<Void> requireFew(AuthenticationAttempt attempt) {
        return find(attempt).invoke(this::requireOpen).replaceWithVoid();
    }

    /**
     * Counts a wrong secret. {@code rate_limited} where there are too many already, or others that
     * ran at the same time have used up the limit, so that a volley gets no more answers than a
     * row.
     *
     * @param known whether there is such a client: once its limit is used up, an address fills no
     *     rows with those that it invents
     */
    Uni<Void> refuse(AuthenticationAttempt attempt, String secret, boolean known) {
        return find(attempt)
                .invoke(this::requireOpen)
                .chain(before -> count(attempt, secret, known || !before.isFlooded(limits))
                        .invoke(after -> requireOpen(after.withoutLast()))
                        .invoke(() -> requireNotFlooded(before)))
                .replaceWithVoid();
    }

    /** Counts a wrong API key; {@code rate_limited} as for the secret of a client. */
    public Uni<Void> refuseKey(String key, String address) {
        return refuse(AuthenticationAttempt.of(ANY_KEY, address), key, true);
    }

    /** {@code rate_limited} where too much has failed from an address, whoever it was. */
    public Uni<Void> requireFewFrom(String address) {
        Tuple parameters = Tuple.of(network(address), Rows.now(clock));
        return database.preparedQuery(FIND_ADDRESS)
                .execute(parameters)
                .map(FailureCounts::of)
                .invoke(this::requireNotFlooded)
                .replaceWithVoid();
    }

    /** Counts a failure of whoever comes from an address. */
    public Uni<Void> countFrom(String address) {
        Instant now = clock.instant();
        Tuple parameters = Tuple.of(network(address), Rows.utc(now), Rows.utc(now.plus(limits.window())));
        return database.preparedQuery(COUNT_ADDRESS).execute(parameters).replaceWithVoid();
    }

    private Uni<FailureCounts> find(AuthenticationAttempt attempt) {
        Tuple parameters = attempt(attempt).addOffsetDateTime(Rows.now(clock));
        return database.preparedQuery(FIND).execute(parameters).map(FailureCounts::of);
    }

    private Uni<FailureCounts> count(AuthenticationAttempt attempt, String secret, boolean kept) {
        Instant now = clock.instant();
        Tuple parameters = attempt(attempt)
                .addOffsetDateTime(Rows.utc(now))
                .addOffsetDateTime(Rows.utc(now.plus(limits.window())))
                .addValue(marks.of(attempt.pair(), secret))
                .addBoolean(kept);
        return database.preparedQuery(COUNT).execute(parameters).map(FailureCounts::of);
    }

    private void requireOpen(FailureCounts counts) {
        counts.closedUntil(limits).ifPresent(this::putOff);
    }

    private void requireNotFlooded(FailureCounts counts) {
        if (counts.isFlooded(limits)) {
            putOff(counts.address().endsAt());
        }
    }

    private void putOff(Instant end) {
        throw new GuessesThrottled(Duration.between(clock.instant(), end));
    }

    private static Tuple attempt(AuthenticationAttempt attempt) {
        return Tuple.tuple()
                .addValue(attempt.address().digest())
                .addValue(attempt.client().digest())
                .addValue(attempt.pair().digest());
    }

    private static Buffer network(String address) {
        return FailureSubject.of(Network.of(address).prefix()).digest();
    }
}
