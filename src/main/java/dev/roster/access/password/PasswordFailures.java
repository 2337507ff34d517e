package dev.roster.access.password;

import dev.roster.access.client.GuessesThrottled;
import dev.roster.platform.background.Cleaner;
import dev.roster.platform.background.Cleaner.Past;
import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.persistence.Rows;
import dev.roster.platform.persistence.SessionSql;
import dev.roster.user.AccountFollower;
import dev.roster.user.User;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * Bounds the wrong passwords of an account in a row (NIST SP 800-63B section 5.2.2): after a few,
 * each makes the next one wait for longer; after a hundred, only a new password helps. What is put
 * off is neither checked nor counted, and a wrong password that is repeated counts once. They count
 * no longer once the password is another, or the account is gone.
 */
@ApplicationScoped
public class PasswordFailures implements AccountFollower {
    private static final String FIND = "SELECT failures, retry_at FROM password_failures WHERE subject = $1";

    // Nothing where the password was seen before, or others have closed the row meanwhile
    private static final String COUNT = """
            INSERT INTO password_failures AS f
                   (subject, organization_id, user_id, failures, seen, retry_at, failed_at)
            VALUES ($1, $2, $3, 1, $4, $5, $5)
                ON CONFLICT ON CONSTRAINT password_failures_pk DO UPDATE
               SET failures = f.failures + 1, seen = f.seen || excluded.seen, failed_at = excluded.failed_at,
                   retry_at = excluded.failed_at + CASE WHEN f.failures < CAST($6 AS integer) THEN interval '0'
                              ELSE make_interval(secs => least(CAST($8 AS float8), CAST($7 AS float8)
                                                               * power(2, f.failures - CAST($6 AS integer)))) END
             WHERE f.failures < $9 AND f.retry_at <= excluded.failed_at AND position(excluded.seen IN f.seen) = 0
            RETURNING failures
            """;

    // Those of one account in one order, whoever forgets them
    private static final String FORGET = """
            DELETE FROM password_failures WHERE subject IN (
              SELECT subject FROM password_failures WHERE subject IN ($1, $2) ORDER BY subject FOR UPDATE)
            """;

    private static final String FORGET_ACCOUNT = """
            DELETE FROM password_failures WHERE subject IN (
              SELECT subject FROM password_failures WHERE organization_id = $1 AND user_id = $2
               ORDER BY subject FOR UPDATE)
            """;

    // Whoever sees that a count is forgotten learns that nobody has the name: a hundred guesses and
    // a month for each
    private static final Duration REMEMBERED = Duration.ofDays(30);

    private final Pool database;
    private final GuessMarks marks;
    private final PasswordFailureSettings settings;
    private final Clock clock;

    PasswordFailures(Pool database, GuessMarks marks, PasswordFailureSettings settings, Clock clock) {
        this.database = database;
        this.marks = marks;
        this.settings = settings;
        this.clock = clock;
    }

    /** Deletes counts of names that no account has, and those beyond what is kept; those of accounts stay until a success. */
    @Produces
    @Singleton
    static Cleaner ofNobody(Pool database, PasswordFailureSettings settings, Clock clock) {
        return new Cleaner(
                "PasswordFailureCleaner",
                database,
                Duration.ofMinutes(1),
                ofNobody("AND failed_at <= $1 ORDER BY failed_at", () -> clock.instant()
                        .minus(REMEMBERED)),
                ofNobody("ORDER BY failed_at DESC OFFSET $1", () -> (long) settings.kept()));
    }

    private static Past ofNobody(String which, Supplier<?> limit) {
        return new Past("password_failures", "subject", "WHERE user_id IS NULL " + which, limit);
    }

    /**
     * {@code rate_limited} where it is too early, {@code password_blocked} where it is too late.
     */
    public Uni<Void> requireOpen(Guessed guessed) {
        return find(guessed).replaceWithVoid();
    }

    /**
     * Counts a wrong password, once. Fails as {@link #requireOpen} does where others that ran at the same time have used up
     * the limit, so that a volley gets no more answers than a row.
     */
    public Uni<Void> count(Guessed guessed, String password) {
        Tuple parameters = Tuple.tuple()
                .addValue(guessed.subject().digest())
                .addUUID(guessed.organizationId())
                .addUUID(guessed.userId())
                .addValue(marks.of(guessed.subject(), password))
                .addOffsetDateTime(Rows.now(clock))
                .addInteger(settings.free())
                .addDouble(seconds(settings.firstWait()))
                .addDouble(seconds(settings.longestWait()))
                .addInteger(settings.most());
        return database.preparedQuery(COUNT)
                .execute(parameters)
                .chain(counted -> counted.size() > 0 ? Uni.createFrom().voidItem() : requireOpen(guessed));
    }

    /**
     * Forgets what was guessed before a right password; fails as {@link #requireOpen} does, so that
     * the right one of a volley is put off as well.
     */
    public Uni<Void> succeed(Guessed guessed) {
        FailureSubject account = guessed.userId() == null
                ? guessed.subject()
                : Guessed.account(guessed.organizationId(), guessed.userId()).subject();
        return find(guessed)
                .chain(() -> database.preparedQuery(FORGET)
                        .execute(Tuple.of(guessed.subject().digest(), account.digest())))
                .replaceWithVoid();
    }

    @Override
    public Rank rank() {
        return Rank.PASSWORDS;
    }

    @Override
    public Uni<Void> onPasswordChange(User user) {
        return forget(user);
    }

    @Override
    public Uni<Void> beforeRemoval(User user) {
        return forget(user);
    }

    private static Uni<Void> forget(User user) {
        return SessionSql.update(FORGET_ACCOUNT, user.organizationId, user.id).replaceWithVoid();
    }

    private Uni<RowSet<Row>> find(Guessed guessed) {
        return database.preparedQuery(FIND)
                .execute(Tuple.of(guessed.subject().digest()))
                .invoke(rows -> rows.forEach(this::requireOpen));
    }

    private void requireOpen(Row row) {
        ErrorCode.PASSWORD_BLOCKED.unless(row.getInteger(0) < settings.most());
        Instant now = clock.instant();
        Instant retryAt = Rows.instant(row, 1);
        if (retryAt.isAfter(now)) {
            throw new GuessesThrottled(Duration.between(now, retryAt));
        }
    }

    private static double seconds(Duration wait) {
        return wait.toMillis() / 1000.0;
    }
}
