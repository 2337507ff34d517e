package dev.roster.revocation;

import dev.roster.platform.background.Cleaner;
import dev.roster.platform.background.Cleaner.Past;
import dev.roster.platform.error.RosterException;
import dev.roster.platform.persistence.SessionSql;
import dev.roster.platform.request.OwnContext;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;

/**
 * Writes revocations in the statement or transaction that ends access, and announces them with it:
 * either both happen or none.
 */
@ApplicationScoped
public class Revocations {
    static final String CHANNEL = "roster_revocations";

    // A token is accepted a little after its end, by the clock of whoever checks it; all clocks
    // are within this of each other.
    private static final String MARGIN = "interval '5 minutes'";

    // An API key lives longer, but is looked up anew within the hour (PresentRights), so that the revocation of its
    // account need not be remembered for a year.
    private static final String LONGEST = "interval '25 hours'";

    private static final String WRITE = """
            , written AS (
              INSERT INTO revocations (organization_id, subject_kind, subject, generation, revoked_at, expires_at)
              SELECT organization_id, subject_kind, subject, generation, revoked_at,
                     least(greatest(coalesce(last_token_at, revoked_at), revoked_at), revoked_at + %s) + %s
                FROM revoked
               WHERE last_token_at IS NULL OR last_token_at + %s > revoked_at
              RETURNING subject_kind, subject, generation, revoked_at, expires_at)
            SELECT count(CAST(pg_notify('%s', %s) AS text)) FROM written
            """.formatted(LONGEST, MARGIN, MARGIN, CHANNEL, Revocation.COLUMNS);

    // Unauthorized, where it was the caller's; Not Found, Conflict, Gone, Precondition Failed (RFC 9110 section 15.5)
    private static final Set<Integer> OF_STATE = Set.of(401, 404, 409, 410, 412);

    private static final String WRITTEN = Revocations.class.getName();

    private final RevocationFeed feed;

    Revocations(RevocationFeed feed) {
        this.feed = feed;
    }

    /** Deletes those whose tokens have all expired. */
    @Produces
    @Singleton
    static Cleaner expired(Pool database, Clock clock) {
        return new Cleaner(
                "RevocationCleaner",
                database,
                Duration.ofMinutes(1),
                new Past(
                        "revocations",
                        "organization_id, sequence",
                        "WHERE expires_at <= $1 ORDER BY expires_at",
                        clock::instant));
    }

    /**
     * Completes a statement that says what to revoke; it answers with the number of revocations.
     *
     * @param with {@code WITH … revoked AS (…)}, whose columns are organization_id, subject_kind,
     *     subject, generation, revoked_at and last_token_at: when the last token ends, or null
     */
    public static String sql(String with) {
        return with.stripTrailing() + WRITE;
    }

    /** Runs a completed statement, its values as $1 and so on, in the caller's transaction. */
    public static Uni<Void> write(String sql, Object... values) {
        Context context = Vertx.currentContext();
        return SessionSql.value(Long.class, sql, values)
                .invoke(written -> {
                    if (written > 0 && VertxContext.isDuplicatedContext(context)) {
                        context.putLocal(WRITTEN, true);
                    }
                })
                .replaceWithVoid();
    }

    /** Runs a completed statement by itself, and waits as {@link #settle} does if it has revoked anything. */
    public Uni<Void> run(Pool database, String sql, Tuple values) {
        return database.preparedQuery(sql)
                .execute(values)
                .chain(rows -> rows.iterator().next().getLong(0) > 0
                        ? settle()
                        : Uni.createFrom().voidItem());
    }

    /**
     * Waits until this replica has heard what was committed before, so that whoever ended access
     * and asks again is refused here as well. Never fails: a replica that hears nothing asks the
     * database anyway.
     */
    public Uni<Void> settle() {
        return OwnContext.keep(feed.settle());
    }

    /**
     * What ends access, answered as {@link #settle} waits; and where it found it ended, or changed, by another request that may
     * have been faster by a moment, also for what that has not announced yet.
     */
    public <T> Uni<T> heard(Uni<T> end) {
        return end.onItemOrFailure().call((ended, failure) -> {
            if (failure == null) {
                return hasWritten() ? settle() : settleBehindOthers();
            }
            return mayBeAnothers(failure)
                    ? settleBehindOthers()
                    : Uni.createFrom().voidItem();
        });
    }

    private Uni<Void> settleBehindOthers() {
        return OwnContext.keep(feed.settleBehindOthers());
    }

    /** Whether a refusal is of what is gone, in conflict or changed; others say nothing of what another request has done. */
    static boolean mayBeAnothers(Throwable failure) {
        return failure instanceof RosterException refused
                && OF_STATE.contains(refused.code().status());
    }

    /** As {@link #settle}, where the present request has written a revocation at all, see {@link #write}. */
    public Uni<Void> settleIfAny() {
        return hasWritten() ? settle() : Uni.createFrom().voidItem();
    }

    /** Also where nobody knows, outside of a request. */
    private static boolean hasWritten() {
        Context context = Vertx.currentContext();
        return !VertxContext.isDuplicatedContext(context) || context.getLocal(WRITTEN) != null;
    }
}
