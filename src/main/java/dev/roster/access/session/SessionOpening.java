package dev.roster.access.session;

import dev.roster.access.client.Client;
import dev.roster.audit.AuditEvent;
import dev.roster.audit.AuditLog;
import dev.roster.audit.AuditType;
import dev.roster.platform.error.RosterException;
import dev.roster.platform.persistence.Rows;
import dev.roster.platform.persistence.Uuids;
import dev.roster.user.AccountTimes;
import dev.roster.user.User;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Opens sessions, or extends open ones, in one statement. */
@ApplicationScoped
public class SessionOpening {
    // The account is locked before the client, as its removal does, so that the two never wait for
    // each other.
    private static final String OPEN = """
            WITH %s,
            %s,
            opened AS (
              INSERT INTO sessions (organization_id, id, user_id, client_id, device, user_agent, ip_address,
                                    expires_at, token_expires_at, created_at, last_seen_at)
              SELECT CAST($1 AS uuid), $2, c.user_id, c.id, $5, $13, $6, least($10, %s), $17, $8, $8
                FROM used_client c
               WHERE EXISTS (SELECT FROM sessions s
                              WHERE s.organization_id = $1 AND s.user_id = $3 AND s.client_id = $4 AND s.device = $5
                                AND s.ended_at IS NULL)
                  OR (NOT EXISTS (SELECT FROM sessions s
                                   WHERE s.organization_id = $1 AND s.user_id = $3 AND s.client_id = $4
                                     AND %s OFFSET $14)
                      AND NOT %s)
                  ON CONFLICT (organization_id, user_id, client_id, device) WHERE ended_at IS NULL
                  DO UPDATE SET ip_address = excluded.ip_address, last_seen_at = excluded.last_seen_at,
                                expires_at = least($10, %s),
                                token_expires_at = greatest(sessions.token_expires_at, excluded.token_expires_at)
                          WHERE sessions.created_at >= $11 AND sessions.expires_at > $8
              RETURNING id),
            %s
            SELECT o.id, a.token_generation
              FROM account a JOIN used_client c ON true LEFT JOIN opened o ON true
            """.formatted(
                    AccountTimes.signedIn("$1", "$3", "$9", "$8", "$12", "$16"),
                    Client.used("$1", "$4", "$8", "$18"),
                    longestAfter("CAST($8 AS timestamptz)"),
                    SessionRoom.COUNTS,
                    SessionPace.isSpent("$1", "$3", "$4", "$20", "$19"),
                    longestAfter("sessions.created_at"),
                    // An extended session is the one that was opened before
                    AuditLog.cte("$1", "$15", "EXISTS (SELECT FROM opened WHERE id = $2)", "'{}'"));

    // Others may take the room that was made; so often in a row only in a flood
    private static final int ATTEMPTS = 4;

    private static final Duration BEFORE_NEXT = Duration.ofMinutes(1);

    private final Pool database;
    private final SessionExpiry expiry;
    private final SessionRoom room;
    private final RecentGrants recent;
    private final AuditLog audit;
    private final Clock clock;

    SessionOpening(
            Pool database, SessionExpiry expiry, SessionRoom room, RecentGrants recent, AuditLog audit, Clock clock) {
        this.database = database;
        this.expiry = expiry;
        this.room = room;
        this.recent = recent;
        this.audit = audit;
        this.clock = clock;
    }

    // An upsert may be done on a server that has another time zone, and takes no function that asks for it
    private static String longestAfter(String begin) {
        return "(%s AT TIME ZONE 'UTC' + (CAST($7 AS timestamptz) - CAST($11 AS timestamptz))) AT TIME ZONE 'UTC'"
                .formatted(begin);
    }

    /**
     * Opens a session, or extends the open one of the same account, client and host, but for a
     * person who signs in; records the sign-in with the account and the client. {@code
     * rate_limited} where one signs in so often that all that could make room is of this minute,
     * and where so many have ended that were opened lately ({@link SessionPace}).
     *
     * @return empty where the account or the client was changed meanwhile
     */
    public Uni<Optional<OpenSession>> open(NewSession session) {
        return recent.find(session)
                .chain(found -> found.isPresent() ? Uni.createFrom().item(found) : open(session, ATTEMPTS));
    }

    private Uni<Optional<OpenSession>> open(NewSession session, int attempts) {
        return tryOpen(session)
                .chain(found -> found.isEmpty() || found.get().id() != null
                        ? Uni.createFrom().item(found)
                        : makeRoom(session, attempts - 1));
    }

    private Uni<Optional<OpenSession>> makeRoom(NewSession session, int attempts) {
        return attempts == 0
                ? Uni.createFrom().failure(RosterException.rateLimited(BEFORE_NEXT))
                : SessionPace.require(database, session, clock.instant())
                        .chain(() -> room.make(session))
                        .chain(() -> open(session, attempts));
    }

    /**
     * Opens the first session of a locked account that has just become active, inside the caller's
     * transaction.
     */
    public Uni<OpenSession> openFirst(NewSession opening, User account) {
        Instant now = clock.instant();
        account.signIn(now);
        Session session = Session.signIn(account, opening.origin(), now);
        session.clientId = opening.client().id();
        session.expiresAt = expiry.firstEnd(now);
        session.tokenExpiresAt = opening.expiresAt();
        return session.persist()
                .chain(() -> audit.record(opened(opening, session.id)))
                .replaceWith(new OpenSession(session.id, account.tokenGeneration));
    }

    /**
     * The session; without an id where there is no room, or the one there is has reached its end.
     */
    private Uni<Optional<OpenSession>> tryOpen(NewSession session) {
        Instant now = clock.instant();
        UUID id = Uuids.v7(now);
        Tuple parameters = Tuple.tuple()
                .addUUID(session.client().organizationId())
                .addUUID(id)
                .addUUID(session.client().userId())
                .addUUID(session.client().id())
                .addString(session.signIn() ? id.toString() : Device.host(session.origin()))
                .addString(session.origin().address())
                .addOffsetDateTime(Rows.utc(session.expiresAt()))
                .addOffsetDateTime(Rows.utc(now))
                .addString(session.client().role().value())
                .addOffsetDateTime(Rows.utc(idleEnd(session, now)))
                .addOffsetDateTime(Rows.utc(expiry.earliestBegin(session.expiresAt())))
                .addString(session.proof().passwordHash())
                .addString(Device.agent(session.origin()))
                .addInteger(room.most(session) - 1)
                .addString(audit.rows(opened(session, id)))
                .addBoolean(session.proof().passwordExpired())
                .addOffsetDateTime(Rows.utc(RecentGrants.lastTokenEnd(session)))
                .addOffsetDateTime(RecentGrants.secretEnd(session))
                .addUUID(SessionPace.since(now))
                .addBoolean(session.signIn());
        return Rows.first(database, OPEN, parameters, row -> new OpenSession(row.getUUID(0), row.getInteger(1)));
    }

    private Instant idleEnd(NewSession session, Instant now) {
        return session.proof().passwordExpired() ? session.expiresAt() : expiry.idleEnd(now);
    }

    /** The sign-in of a person, or the beginning of a session of another kind. */
    static AuditEvent opened(NewSession session, UUID id) {
        SignInProof proof = session.proof();
        boolean isOfPerson = proof.passwordHash() != null || proof.issuer() != null;
        AuditType type = isOfPerson ? AuditType.SIGN_IN_SUCCEEDED : AuditType.SESSION_OPENED;
        AuditEvent opened = AuditEvent.of(session.client().organizationId(), type)
                .onAccount(session.client().userId())
                .by(session.client().userId(), session.client().clientId(), id);
        if (proof.issuer() != null) {
            return opened.with("issuer", proof.issuer());
        }
        return proof.passwordExpired() ? opened.with("password_expired", true) : opened;
    }
}
