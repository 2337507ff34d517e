package dev.roster.access.session;

import dev.roster.audit.AuditEvent;
import dev.roster.audit.AuditLog;
import dev.roster.platform.persistence.Rows;
import dev.roster.revocation.Revocations;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;

/**
 * Makes room for a session where its client has as many open as it may, or the one of its host is too
 * near its end for the next token. The oldest sign-in of a person ends, and its tokens with it. Of a
 * client with a secret, the host that was seen longest ago shares its session with the new one: each of
 * them could get any number of tokens, so that ending one would cost a revocation a grant, and put out
 * programs that do no harm.
 */
@ApplicationScoped
class SessionRoom {
    private static final String UNIQUE_VIOLATION = "23505";

    /**
     * An SQL condition: the session {@code s} counts to those of its client that may be open. One that has given way goes
     * with the last of its tokens, and what could be shared, or kept others out, would go on for good.
     */
    static final String COUNTS = "(s.ended_at IS NULL AND NOT starts_with(s.device, CAST(s.id AS text) || ' '))";

    private static final String SHARE = """
            WITH open AS (
              SELECT s.id, s.device, row_number() OVER (ORDER BY s.last_seen_at DESC, s.id DESC) AS place FROM sessions s
               WHERE s.organization_id = $1 AND s.user_id = $2 AND s.client_id = $4 AND %s),
            longest_ago AS (
              SELECT id, device FROM open
               WHERE place >= $8 AND NOT EXISTS (SELECT FROM open WHERE device = $5)
               ORDER BY place DESC LIMIT 1)
            UPDATE sessions s
               SET device = $5, user_agent = $6, ip_address = $7, created_at = $3, last_seen_at = $3
              FROM longest_ago l
             WHERE s.organization_id = $1 AND s.id = l.id AND s.device = l.device AND s.ended_at IS NULL
            """.formatted(COUNTS);

    // It has tokens that are good for longer than now, which a revocation would end: it goes with the last of them. Its
    // device is no host any more, and not its own id, by which a sign-in is told: see COUNTS.
    // The account is held, as whoever adds a token to the session does: one sees what the other has done.
    private static final String GIVE_WAY = """
            WITH account AS (
              SELECT u.organization_id, u.id FROM users u WHERE u.organization_id = $1 AND u.id = $2 FOR NO KEY UPDATE)
            UPDATE sessions SET device = CAST(id AS text) || ' ' || device, expires_at = least(expires_at, token_expires_at)
             WHERE organization_id = $1 AND user_id = $2 AND client_id = $3 AND device = $4 AND created_at < $5
               AND ended_at IS NULL AND EXISTS (SELECT FROM account)
            """;

    private final Pool database;
    private final SessionExpiry expiry;
    private final SessionSettings settings;
    private final Revocations revocations;
    private final AuditLog audit;
    private final Clock clock;

    SessionRoom(
            Pool database,
            SessionExpiry expiry,
            SessionSettings settings,
            Revocations revocations,
            AuditLog audit,
            Clock clock) {
        this.database = database;
        this.expiry = expiry;
        this.settings = settings;
        this.revocations = revocations;
        this.audit = audit;
        this.clock = clock;
    }

    /** How many sessions may be open at once: sign-ins of a person, or hosts of a client. */
    int most(NewSession session) {
        return session.signIn() ? settings.perPerson() : settings.perClient();
    }

    /** Makes room, if there is none, for a session that could not be opened. */
    Uni<Void> make(NewSession session) {
        return session.signIn()
                ? end(EndedSessions.OLDEST, oldest(session))
                : end(EndedSessions.OVERDUE, overdue(session))
                        .chain(() -> giveWay(session))
                        .chain(() -> share(session));
    }

    private Uni<Void> end(String statement, Tuple parameters) {
        return revocations.run(database, statement, parameters);
    }

    /** Lets another session of the host begin beside the present one, if that is too old for the next token. */
    private Uni<Void> giveWay(NewSession session) {
        return database.preparedQuery(GIVE_WAY)
                .execute(Tuple.of(
                        session.client().organizationId(),
                        session.client().userId(),
                        session.client().id(),
                        Device.host(session.origin()),
                        Rows.utc(expiry.earliestBegin(session.expiresAt()))))
                .replaceWithVoid();
    }

    private Uni<Void> share(NewSession session) {
        Tuple parameters = Tuple.tuple()
                .addUUID(session.client().organizationId())
                .addUUID(session.client().userId())
                .addOffsetDateTime(Rows.now(clock))
                .addUUID(session.client().id())
                .addString(Device.host(session.origin()))
                .addString(Device.agent(session.origin()))
                .addString(session.origin().address())
                .addInteger(most(session));
        return database.preparedQuery(SHARE)
                .execute(parameters)
                .replaceWithVoid()
                .onFailure(SessionRoom::isTaken)
                .recoverWithNull();
    }

    /** Whether another grant to the same host has just found a place. */
    private static boolean isTaken(Throwable failure) {
        return failure instanceof PgException refused && UNIQUE_VIOLATION.equals(refused.getSqlState());
    }

    private Tuple oldest(NewSession session) {
        AuditEvent ended = EndedSessions.event(
                session.client().organizationId(), session.client().userId(), "too_many");
        return Tuple.of(
                session.client().organizationId(),
                session.client().userId(),
                Rows.now(clock),
                session.client().id(),
                most(session) - 1,
                audit.rows(ended));
    }

    private Tuple overdue(NewSession session) {
        return Tuple.of(
                session.client().organizationId(),
                session.client().userId(),
                Rows.now(clock),
                session.client().id(),
                Device.host(session.origin()),
                Rows.utc(expiry.earliestBegin(clock.instant())));
    }
}
