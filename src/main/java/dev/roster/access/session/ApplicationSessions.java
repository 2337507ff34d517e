package dev.roster.access.session;

import dev.roster.audit.AuditEvent;
import dev.roster.audit.AuditLog;
import dev.roster.audit.AuditType;
import dev.roster.platform.background.Parts;
import dev.roster.platform.http.Origin;
import dev.roster.platform.limit.RateLimit;
import dev.roster.platform.limit.RateLimits;
import dev.roster.platform.persistence.RowId;
import dev.roster.platform.persistence.Rows;
import dev.roster.platform.persistence.SessionSql;
import dev.roster.revocation.Revocations;
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

/** The sessions of persons with applications: one each time that a person lets one in. */
@ApplicationScoped
public class ApplicationSessions {
    // No generation reaches it: the application does not come back. As long as any token may last, known or not
    private static final String REVOKE = Revocations.sql("""
                    WITH revoked AS (
                      SELECT CAST($1 AS uuid) AS organization_id, 'client' AS subject_kind, CAST($2 AS text) AS subject,
                             2147483647 AS generation, CAST($3 AS timestamptz) AS revoked_at,
                             CAST('infinity' AS timestamptz) AS last_token_at)
                    """);

    // As often as a person may sign in (EndedSessions): beyond some, each ends another, which all replicas remember
    private static final RateLimit NEW = new RateLimit("application-session", 100, Duration.ofMinutes(1));

    private static final String END_PART = """
            UPDATE sessions SET ended_at = $3
             WHERE organization_id = $1 AND id = ANY (ARRAY(
               SELECT id FROM sessions WHERE organization_id = $1 AND application_id = $2 AND ended_at IS NULL
                LIMIT %s FOR UPDATE SKIP LOCKED))
            """.formatted(Parts.SIZE);

    private static final String ANY_OPEN =
            "SELECT 1 FROM sessions WHERE organization_id = $1 AND application_id = $2 AND ended_at IS NULL LIMIT 1";

    // Whoever ends one does not wait for its account: what was read of it may be of before
    private static final String USE = """
            UPDATE sessions s
               SET last_seen_at = $3, user_agent = $4, ip_address = $5, expires_at = $6,
                   token_expires_at = greatest(s.token_expires_at, $7)
              FROM organizations o
             WHERE s.organization_id = $1 AND s.id = $2 AND s.ended_at IS NULL AND o.id = s.organization_id AND %s
            """.formatted(Session.isOfPresent("s", "o"));

    private static final String IS_OPEN = """
            SELECT true FROM sessions s JOIN organizations o ON o.id = s.organization_id
             WHERE s.organization_id = $1 AND s.id = $2 AND s.user_id = $3
               AND s.ended_at IS NULL AND s.expires_at > $4 AND %s
            """.formatted(Session.isOfPresent("s", "o"));

    private final Pool database;
    private final SessionExpiry expiry;
    private final SessionSettings settings;
    private final RateLimits limits;
    private final AuditLog audit;
    private final Clock clock;

    ApplicationSessions(
            Pool database,
            SessionExpiry expiry,
            SessionSettings settings,
            RateLimits limits,
            AuditLog audit,
            Clock clock) {
        this.database = database;
        this.expiry = expiry;
        this.settings = settings;
        this.limits = limits;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Opens one for a locked account, inside the caller's transaction; that which was seen longest ago ends where there
     * are too many; {@code rate_limited}.
     *
     * @param clientId the public identifier of the application
     * @param token the usual span of the first token
     */
    public Uni<Session> open(User account, UUID applicationId, String clientId, Origin origin, TokenSpan token) {
        Instant now = clock.instant();
        Session session = Session.signIn(account, origin, now);
        session.applicationId = applicationId;
        session.expiresAt = expiry.firstEnd(now);
        session.tokenExpiresAt = token.within(session.expiresAt).end();
        return limits.spend(NEW, account.organizationId, account.id.toString())
                .chain(() -> Revocations.write(
                        EndedSessions.OLDEST_WITH,
                        account.organizationId,
                        account.id,
                        Rows.utc(now),
                        applicationId,
                        settings.perPerson() - 1,
                        audit.rows(EndedSessions.event(account.organizationId, account.id, "too_many"))))
                .chain(() -> session.<Session>persistAndFlush())
                .call(() -> audit.record(AuditEvent.of(account.organizationId, AuditType.SESSION_OPENED)
                        .onAccount(account.id)
                        .by(account.id, clientId, session.id)));
    }

    /** One that has not ended, of a locked account; null where there is none. */
    public Uni<Session> find(User account, UUID applicationId, UUID id) {
        return Session.<Session>findById(new RowId(account.organizationId, id))
                .map(found -> found != null
                                && found.endedAt == null
                                && found.expiresAt.isAfter(clock.instant())
                                && found.userId.equals(account.id)
                                && applicationId.equals(found.applicationId)
                        ? found
                        : null);
    }

    /**
     * Notes that one was used, inside the caller's transaction: it goes on until its idle or absolute end, and whoever ends it
     * meanwhile waits. Empty where it has ended, or its organization was switched off since it began.
     *
     * @param usual the span of a token
     * @return that of the token which it is used for
     */
    public Uni<Optional<TokenSpan>> use(Session session, Origin origin, TokenSpan usual) {
        Instant now = clock.instant();
        Instant end = expiry.end(session.createdAt, now);
        TokenSpan token = usual.within(end);
        if (token.isOver()) {
            return Uni.createFrom().item(Optional.empty());
        }
        return SessionSql.update(
                        USE,
                        session.organizationId,
                        session.id,
                        Rows.utc(now),
                        Device.agent(origin),
                        origin.address(),
                        Rows.utc(end),
                        Rows.utc(token.end()))
                .map(used -> used > 0 ? Optional.of(token) : Optional.empty());
    }

    /** Whether a sign-in of a locked account goes on. */
    public Uni<Boolean> isOpen(User account, UUID id) {
        return SessionSql.unflushed(Boolean.class, IS_OPEN, account.organizationId, id, account.id, Rows.now(clock))
                .map(Boolean.TRUE::equals);
    }

    /** Ends one of an account inside the caller's transaction. */
    public Uni<Void> end(UUID organizationId, UUID userId, UUID id, AuditType why, String clientId) {
        AuditEvent ended = AuditEvent.of(organizationId, why)
                .onAccount(userId)
                .with("client_id", clientId)
                .with("session_id", id);
        return Revocations.write(EndedSessions.ONE, organizationId, userId, Rows.now(clock), id, audit.rows(ended));
    }

    /** Ends those of a locked account with one application inside the caller's transaction, for a reason. */
    public Uni<Void> endOf(User account, UUID applicationId, String reason) {
        return Revocations.write(
                EndedSessions.ALL_WITH,
                account.organizationId,
                account.id,
                Rows.now(clock),
                applicationId,
                audit.rows(EndedSessions.event(account.organizationId, account.id, reason)));
    }

    /** Revokes all tokens of an application that goes, those too that are about to be given, in the caller's transaction. */
    public Uni<Void> revokeAll(UUID organizationId, String clientId) {
        return Revocations.write(REVOKE, organizationId, clientId, Rows.now(clock));
    }

    /**
     * Ends those of an application whose tokens are revoked and that is given no more, part after part. Whether none is open
     * now: one in use at the moment is passed over.
     */
    public Uni<Boolean> endAll(UUID organizationId, UUID applicationId) {
        return Parts.ofAll(database, END_PART, Tuple.of(organizationId, applicationId, Rows.now(clock)))
                .chain(() -> database.preparedQuery(ANY_OPEN).execute(Tuple.of(organizationId, applicationId)))
                .map(open -> open.size() == 0);
    }
}
