package dev.roster.access.session;

import dev.roster.audit.AuditEvent;
import dev.roster.audit.AuditLog;
import dev.roster.audit.AuditType;
import dev.roster.caller.Caller;
import dev.roster.caller.Scope;
import dev.roster.platform.background.Parts;
import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.paging.Listing;
import dev.roster.platform.persistence.Rows;
import dev.roster.platform.persistence.UnitOfWork;
import dev.roster.revocation.Revocations;
import dev.roster.user.SignInClientId;
import dev.roster.user.User;
import dev.roster.user.UserKind;
import dev.roster.user.UserReads;
import dev.roster.user.UserView;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import java.util.stream.Stream;

/** The use cases of sessions that are open: list and end them. */
@ApplicationScoped
public class Sessions {
    private static final String END_PART = """
            UPDATE sessions SET ended_at = $3
             WHERE organization_id = $1 AND id = ANY (ARRAY(
               SELECT id FROM sessions WHERE organization_id = $1 AND created_at < $2 AND ended_at IS NULL
                LIMIT %s FOR UPDATE SKIP LOCKED))
            """.formatted(Parts.SIZE);

    private static final String GO_ON =
            "UPDATE sessions SET expires_at = $3 WHERE organization_id = $1 AND id = $2 AND ended_at IS NULL";

    private final SessionReads reads;
    private final UserReads users;
    private final Pool database;
    private final Revocations revocations;
    private final SessionExpiry expiry;
    private final AuditLog audit;
    private final Clock clock;

    Sessions(
            SessionReads reads,
            UserReads users,
            Pool database,
            Revocations revocations,
            SessionExpiry expiry,
            AuditLog audit,
            Clock clock) {
        this.expiry = expiry;
        this.reads = reads;
        this.users = users;
        this.database = database;
        this.revocations = revocations;
        this.audit = audit;
        this.clock = clock;
    }

    /** The account of a person, whose sessions an administrator sees. */
    public Uni<UUID> account(Caller caller, String username) {
        return person(caller, username).map(UserView::id);
    }

    /** The account of a person, whose sessions the caller may end: one that can do no more. */
    public Uni<UUID> accountToSignOut(Caller caller, String username) {
        return person(caller, username)
                .invoke(account -> {
                    if (!caller.is(account.id())) {
                        caller.requireDominance(account.role());
                    }
                })
                .map(UserView::id);
    }

    private Uni<UserView> person(Caller caller, String username) {
        caller.require(Scope.SESSIONS_WRITE);
        return users.byUsername(caller.organizationId(), UserKind.PERSON, username)
                .map(found -> found.orElseThrow(ErrorCode.USER_NOT_FOUND::refusal));
    }

    /** An account's sessions, the newest first. */
    public Listing<SessionView> list(Caller caller, UUID userId, SessionStatus status) {
        caller.requireReach(userId, Scope.SESSIONS_WRITE);
        return reads.list(caller.organizationId(), userId, status);
    }

    /**
     * Ends a session of an account, with those of the applications that were let in by it; {@code session_not_found}.
     */
    public Uni<Void> end(Caller caller, UUID userId, UUID sessionId) {
        caller.requireReach(userId, Scope.SESSIONS_WRITE);
        return reads.exists(caller.organizationId(), userId, sessionId)
                .invoke(ErrorCode.SESSION_NOT_FOUND::unless)
                .chain(() -> revocations.heard(
                        UnitOfWork.carriedOut(end(ended(caller, userId).with("session_id", sessionId), sessionId)
                                .chain(() -> endLetIn(caller.organizationId(), userId, sessionId)))));
    }

    // By itself, as it waits for the account: the one that lets nobody in any more has ended before
    private Uni<Void> endLetIn(UUID organizationId, UUID userId, UUID sessionId) {
        AuditEvent event =
                EndedSessions.event(organizationId, userId, "browser_ended").with("session_id", sessionId);
        return reads.isOfBrowser(organizationId, sessionId)
                .chain(isOfBrowser -> isOfBrowser
                        ? together(event, EndedSessions.LET_IN_BY, Rows.now(clock), sessionId, audit.rows(event))
                        : Uni.createFrom().voidItem());
    }

    /**
     * Ends the session that a token belongs to, for who was allowed to do that (RFC 7009).
     *
     * @param revoker the account of the client that asks for it
     */
    public Uni<Void> endOf(Caller token, UUID revoker, String clientId) {
        AuditEvent revoked = revoked(token.organizationId(), token.userId(), token.sessionId());
        return revocations.heard(end(revoked.by(revoker, clientId, null), token.sessionId()));
    }

    /** Ends a sign-in inside the caller's transaction, which another one of the same browser follows. */
    public Uni<Void> endWithin(UUID organizationId, UUID userId, UUID sessionId) {
        AuditEvent followed = revoked(organizationId, userId, sessionId);
        return write(followed.by(userId, SignInClientId.of(userId), null), sessionId);
    }

    private static AuditEvent revoked(UUID organizationId, UUID userId, UUID sessionId) {
        return AuditEvent.of(organizationId, AuditType.TOKEN_REVOKED)
                .onAccount(userId)
                .with("session_id", sessionId);
    }

    /** Ends all sessions of an account but the one that the caller's token belongs to. */
    public Uni<Void> endOthers(Caller caller, UUID userId) {
        caller.requireReach(userId, Scope.SESSIONS_WRITE);
        AuditEvent ended = ended(caller, userId);
        return endTogether(ended, EndedSessions.ALL_BUT, Rows.now(clock), caller.sessionId(), audit.rows(ended));
    }

    /** Ends all sessions of an account. */
    public Uni<Void> endAll(Caller caller, UUID userId) {
        caller.requireReach(userId, Scope.SESSIONS_WRITE);
        AuditEvent ended = ended(caller, userId);
        return endTogether(ended, EndedSessions.ALL, Rows.now(clock), audit.rows(ended));
    }

    /**
     * Ends the open sessions of an organization that began before a time, API keys among them, part after part: how many.
     * Those in use at the moment are passed over.
     */
    public Uni<Long> endBefore(UUID organizationId, Instant time) {
        return Parts.ofAll(database, END_PART, Tuple.of(organizationId, Rows.utc(time), Rows.now(clock)));
    }

    /** Ends all open sessions of an organization, API keys among them, inside the caller's transaction: how many. */
    public Uni<Integer> endAllOf(UUID organizationId) {
        return Session.update(
                "endedAt = ?1 where organizationId = ?2 and endedAt is null", clock.instant(), organizationId);
    }

    /**
     * Lets a sign-in go on as it is used, and end before others do.
     *
     * @param begunAt when it began
     * @param idle how long it lasts unless it is used again
     * @param absolute how long it lasts at most
     */
    public Uni<Void> goOn(UUID organizationId, UUID sessionId, Instant begunAt, Duration idle, Duration absolute) {
        Instant now = clock.instant();
        Instant usual = expiry.end(begunAt, now);
        Instant end = SessionExpiry.end(begunAt, now, idle, absolute);
        return database.preparedQuery(GO_ON)
                .execute(Tuple.of(organizationId, sessionId, Rows.utc(end.isBefore(usual) ? end : usual)))
                .replaceWithVoid();
    }

    /** Ends what a person signs out of: the session of the browser, and those of the application with it. */
    public Uni<Void> signOut(SignOut what) {
        AuditEvent ended = EndedSessions.event(what.organizationId(), what.userId(), "logout")
                .by(what.userId(), what.clientId(), what.browserSession());
        return endTogether(
                ended,
                EndedSessions.SIGNED_OUT,
                Rows.now(clock),
                what.browserSession(),
                what.application(),
                what.applicationSession(),
                audit.rows(ended));
    }

    private Uni<Void> endTogether(AuditEvent event, String statement, Object... values) {
        return revocations.heard(together(event, statement, values));
    }

    // Codes are exchanged under the lock of their account. A statement of its own takes it: one that waits does not
    // see what was added meanwhile
    private static Uni<Void> together(AuditEvent event, String statement, Object... values) {
        UUID organization = event.organizationId();
        UUID account = event.target().id();
        Object[] all = Stream.concat(Stream.of(organization, account), Arrays.stream(values))
                .toArray();
        return UnitOfWork.transaction(
                () -> User.lockById(organization, account).chain(() -> Revocations.write(statement, all)));
    }

    private static AuditEvent ended(Caller caller, UUID userId) {
        return AuditEvent.of(caller.organizationId(), AuditType.SESSION_ENDED).onAccount(userId);
    }

    private Uni<Void> end(AuditEvent event, UUID sessionId) {
        return UnitOfWork.transaction(() -> write(event, sessionId));
    }

    private Uni<Void> write(AuditEvent event, UUID sessionId) {
        return Revocations.write(
                EndedSessions.ONE,
                event.organizationId(),
                event.target().id(),
                Rows.now(clock),
                sessionId,
                audit.rows(event));
    }
}
