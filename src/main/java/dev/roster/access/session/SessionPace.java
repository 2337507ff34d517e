package dev.roster.access.session;

import dev.roster.platform.error.RosterException;
import dev.roster.platform.persistence.Rows;
import dev.roster.platform.persistence.Uuids;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * How many sessions of an account may be opened and ended again: all replicas remember each end until its last token has
 * ended. Those that go on do not count, so that however many programs may start at once.
 */
final class SessionPace {
    // A hundred a minute, and this long, so that who lets them go on for a moment does not get around it
    static final Duration PERIOD = Duration.ofMinutes(10);
    private static final int MOST = 1_000;

    // The one that has to grow older until another may be opened
    private static final String SPENT_BY = "SELECT s.id" + ended("$1", "$2", "$3", "$4", "$5")
            + " ORDER BY s.id DESC OFFSET " + (MOST - 1) + " LIMIT 1";

    private SessionPace() {}

    /** Refuses with {@code rate_limited} a session that could not be opened for that, until another may be. */
    static Uni<Void> require(Pool database, NewSession session, Instant now) {
        Tuple parameters = Tuple.of(
                session.client().organizationId(),
                session.client().userId(),
                session.client().id(),
                session.signIn(),
                since(now));
        return Rows.first(database, SPENT_BY, parameters, row -> Uuids.time(row.getUUID(0)))
                .invoke(opened -> opened.ifPresent(time -> {
                    throw RosterException.rateLimited(Duration.between(now, time.plus(PERIOD)));
                }))
                .replaceWithVoid();
    }

    /**
     * A condition, in SQL, that an account has to wait. Who has a secret of a person cannot make it wait for its sign-in: of
     * that, only others of the same client count.
     *
     * @param signIn whether a person signs in
     * @param since of {@link #since}
     */
    static String isSpent(String organization, String account, String client, String signIn, String since) {
        return "EXISTS (SELECT" + ended(organization, account, client, signIn, since) + " OFFSET " + (MOST - 1) + ")";
    }

    private static String ended(String organization, String account, String client, String signIn, String since) {
        return """
             FROM sessions s
            WHERE s.organization_id = %s AND s.user_id = %s AND s.id > %s AND s.ended_at IS NOT NULL
              AND (s.client_id = %s OR NOT CAST(%s AS boolean))
            """.formatted(organization, account, since, client, signIn).stripTrailing();
    }

    /** The identifier that those which count are above. */
    static UUID since(Instant now) {
        return Uuids.first(now.minus(PERIOD));
    }
}
