package dev.roster.access.session;

import dev.roster.platform.persistence.Rows;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * Finds the session in which a client was granted a token within the last minute. What is known of
 * it is kept to the minute, so that nothing has to be written: a client that asks for a token with
 * every request costs no row a change.
 */
@ApplicationScoped
class RecentGrants {
    private static final Duration RECENT = Duration.ofMinutes(1);

    private static final String FIND = """
            SELECT s.id, u.token_generation, c.last_used_at, least(s.expires_at, s.token_expires_at)
              FROM sessions s
              JOIN users u ON u.organization_id = $1 AND u.id = s.user_id
              JOIN clients c ON c.organization_id = $1 AND c.id = s.client_id
             WHERE s.organization_id = $1 AND s.user_id = $2 AND s.client_id = $3 AND s.device = $4
               AND s.ended_at IS NULL AND s.created_at >= $5 AND s.expires_at >= $6 AND s.token_expires_at >= $6
               AND u.status = 'active' AND u.role = $7
               AND c.last_used_at > $8 AND c.revoked_at IS NULL AND (c.expires_at IS NULL OR c.expires_at > $9)
               AND c.expires_at IS NOT DISTINCT FROM CAST($10 AS timestamptz)
            """;

    private final Pool database;
    private final SessionExpiry expiry;
    private final Clock clock;

    RecentGrants(Pool database, SessionExpiry expiry, Clock clock) {
        this.database = database;
        this.expiry = expiry;
        this.clock = clock;
    }

    /** How long a session remembers the end of the last of its tokens, with those of a minute. */
    static Instant lastTokenEnd(NewSession session) {
        return session.signIn() ? session.expiresAt() : session.expiresAt().plus(RECENT);
    }

    /** What the end of the secret must still be: a rotation may have set another since it was read. */
    static OffsetDateTime secretEnd(NewSession session) {
        Instant end = session.client().expiresAt();
        return end == null ? null : Rows.utc(end);
    }

    /** The session; empty where there is none, and for a person, whose sign-in is a new one. */
    Uni<Optional<OpenSession>> find(NewSession session) {
        if (session.signIn()) {
            return Uni.createFrom().item(Optional.empty());
        }
        Instant now = clock.instant();
        Tuple parameters = Tuple.tuple()
                .addUUID(session.client().organizationId())
                .addUUID(session.client().userId())
                .addUUID(session.client().id())
                .addString(Device.host(session.origin()))
                .addOffsetDateTime(Rows.utc(expiry.earliestBegin(session.expiresAt())))
                .addOffsetDateTime(Rows.utc(session.expiresAt()))
                .addString(session.client().role().value())
                .addOffsetDateTime(Rows.utc(now.minus(RECENT)))
                .addOffsetDateTime(Rows.utc(now))
                .addOffsetDateTime(secretEnd(session));
        return Rows.first(database, FIND, parameters, row -> session(row, Duration.between(now, session.expiresAt())));
    }

    /** Until the minute is over, or the last token that the session remembers would be outlived. */
    private static OpenSession session(Row row, Duration lifetime) {
        Instant minuteOver = Rows.instant(row, 2).plus(RECENT);
        Instant roomOver = Rows.instant(row, 3).minus(lifetime);
        return new OpenSession(
                row.getUUID(0), row.getInteger(1), minuteOver.isBefore(roomOver) ? minuteOver : roomOver);
    }
}
