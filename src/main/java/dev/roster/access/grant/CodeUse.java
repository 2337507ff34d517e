package dev.roster.access.grant;

import dev.roster.access.session.ApplicationSessions;
import dev.roster.access.token.OAuthError;
import dev.roster.audit.AuditType;
import dev.roster.caller.Role;
import dev.roster.platform.background.Cleaner;
import dev.roster.platform.background.Cleaner.PastOfOrganizations;
import dev.roster.platform.digest.Sha256;
import dev.roster.platform.persistence.OneByOne;
import dev.roster.platform.persistence.Rows;
import dev.roster.platform.persistence.SessionSql;
import dev.roster.platform.persistence.UniqueRow;
import dev.roster.platform.persistence.UnitOfWork;
import dev.roster.platform.request.OwnContext;
import dev.roster.user.AccountFollower;
import dev.roster.user.User;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;

/**
 * Who of many was the first with a code: told by one statement on the code alone, so that all others are refused without
 * waiting for the account that the first one works on.
 */
@ApplicationScoped
class CodeUse implements AccountFollower {
    private static final String FIND = AuthorizationCode.SELECT + " WHERE c.organization_id = $1 AND c.digest = $2";

    private static final String CLAIM =
            "UPDATE authorization_codes SET used_at = $3 WHERE organization_id = $1 AND id = $2 AND used_at IS NULL";

    // What was given stays given, also where its answer was lost; and who has come again meanwhile is the first now
    private static final String RELEASE = """
            UPDATE authorization_codes SET used_at = NULL
             WHERE organization_id = $1 AND id = $2 AND used_at = $3 AND grant_id IS NULL AND reused_at IS NULL
            """;

    // Who comes again at once finds it released, unless the database is away
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(2);

    private static final String BROWSER = """
            SELECT c.browser_session_id, b.foreign_role
              FROM authorization_codes c
              LEFT JOIN browser_sessions b
                ON b.organization_id = c.organization_id AND b.session_id = c.browser_session_id
             WHERE c.organization_id = $1 AND c.id = $2
            """;

    private static final String KEEP_GRANT = """
            WITH kept AS (
              UPDATE authorization_codes SET grant_id = $3 WHERE organization_id = $1 AND id = $2
              RETURNING reused_at IS NOT NULL AS reused)
            SELECT reused FROM kept
            """;

    private static final String REUSED = """
            WITH reused AS (
              UPDATE authorization_codes SET reused_at = $3
               WHERE organization_id = $1 AND id = $2 AND reused_at IS NULL RETURNING grant_id)
            SELECT grant_id FROM reused WHERE grant_id IS NOT NULL
            """;

    // Also those that somebody is about to get tokens for: they are refused once the account is theirs
    private static final String FORGET = """
            DELETE FROM authorization_codes
             WHERE organization_id = $1 AND user_id = $2 AND application_id = $3 AND grant_id IS NULL
            """;

    private static final String FORGET_ALL =
            "DELETE FROM authorization_codes WHERE organization_id = $1 AND user_id = $2";

    // Without the used ones of a whole day each time; where the cleaner has missed an hour, the day takes them
    private static final String UNUSED = "AND used_at IS NULL AND expires_at > $1 - interval '1 hour'";

    // Whoever comes beyond these is put off, which is no better an answer for who replays a code
    private static final int MOST_OF_A_CODE = 100;

    private final OneByOne turns = new OneByOne(MOST_OF_A_CODE);
    private final Pool database;
    private final ApplicationSessions sessions;
    private final Clock clock;

    CodeUse(Pool database, ApplicationSessions sessions, Clock clock) {
        this.database = database;
        this.sessions = sessions;
        this.clock = clock;
    }

    /**
     * Deletes codes a day after their end: so long does their second use end what the first gave. Those that nobody has used go
     * within minutes.
     */
    @Produces
    @Singleton
    static Cleaner expired(Pool database, Clock clock) {
        return new Cleaner(
                "CodeCleaner",
                database,
                Duration.ofMinutes(5),
                new PastOfOrganizations("authorization_codes", "id", "expires_at", "<=", UNUSED, () -> clock.instant()
                        .minus(Duration.ofMinutes(5))),
                new PastOfOrganizations("authorization_codes", "id", "expires_at", "<=", () -> clock.instant()
                        .minus(Duration.ofDays(1))));
    }

    @Override
    public Rank rank() {
        return Rank.CODES;
    }

    // The second use of one locks it before the session that it ends, and nothing of the account
    @Override
    public Uni<Void> beforeRemoval(User user) {
        return SessionSql.update(FORGET_ALL, user.organizationId, user.id).replaceWithVoid();
    }

    /** What is kept of a code; empty where there is none. */
    Uni<Optional<AuthorizationCode>> find(UUID organizationId, String code) {
        return Rows.first(database, FIND, Tuple.of(organizationId, Sha256.of(code)), AuthorizationCode::of);
    }

    /**
     * The session of its person's browser that a code is of.
     *
     * @param id null where it is not known any more
     * @param foreignRole what the issuer lets the person do at most who signed in through it; null where it did not
     */
    record Browser(UUID id, Role foreignRole) {
        private static final Browser NONE = new Browser(null, null);

        private static Browser of(Tuple row) {
            return new Browser(row.getUUID(0), Role.of(row.getString(1)).orElse(null));
        }
    }

    /** In which session of its person's browser it was given, which another may have followed, while the account is locked. */
    static Uni<Browser> browser(AuthorizationCode code) {
        return SessionSql.first(Browser::of, BROWSER, code.organizationId(), code.id())
                .map(found -> found.orElse(Browser.NONE));
    }

    /** Whether who comes at this moment is the first one with it. */
    Uni<Boolean> claim(AuthorizationCode code, OffsetDateTime now) {
        return database.preparedQuery(CLAIM)
                .execute(Tuple.of(code.organizationId(), code.id(), now))
                .map(rows -> rows.rowCount() > 0);
    }

    /**
     * Lets the first one come again, whom the service has failed: tries it until the code ends, of which the answer waits for
     * a moment. Never fails.
     */
    Uni<Void> release(AuthorizationCode code, OffsetDateTime claimedAt) {
        Uni<Void> released = Uni.createFrom()
                .deferred(() -> database.preparedQuery(RELEASE)
                        .execute(Tuple.of(code.organizationId(), code.id(), claimedAt))
                        .replaceWithVoid())
                .onFailure()
                .call(() -> OwnContext.pause(BETWEEN_TRIES))
                .onFailure()
                .retry()
                .until(away -> clock.instant().isBefore(code.expiresAt()));
        return OwnContext.keep(UnitOfWork.carriedOut(released)
                .ifNoItem()
                .after(SOON)
                .fail()
                .onFailure()
                .recoverWithNull());
    }

    /** Forgets those of a locked account for an application that have given nothing yet. */
    static Uni<Void> forget(User account, UUID applicationId) {
        return SessionSql.update(FORGET, account.organizationId, account.id, applicationId)
                .replaceWithVoid();
    }

    /**
     * Notes inside the caller's transaction what its use has given; whether that has ended, as it came again meanwhile.
     * {@code invalid_grant} where the code is forgotten.
     */
    Uni<Boolean> gave(AuthorizationCode code, UUID grant, String clientId) {
        return UniqueRow.required(
                        SessionSql.value(Boolean.class, KEEP_GRANT, code.organizationId(), code.id(), grant),
                        OAuthError::invalidGrant)
                .call(reused ->
                        reused ? end(code, grant, clientId) : Uni.createFrom().voidItem());
    }

    /**
     * Ends what its use has given, as it came again (RFC 6749 section 4.1.2): once, or in the transaction of the first one
     * where that goes on.
     */
    Uni<Void> again(AuthorizationCode code, String clientId) {
        return code.reused()
                ? Uni.createFrom().voidItem()
                : turns.run(code.id().toString(), () -> UnitOfWork.transaction(() -> end(code, clientId)));
    }

    private Uni<Void> end(AuthorizationCode code, String clientId) {
        return SessionSql.value(UUID.class, REUSED, code.organizationId(), code.id(), Rows.now(clock))
                .chain(grant -> grant == null ? Uni.createFrom().voidItem() : end(code, grant, clientId));
    }

    private Uni<Void> end(AuthorizationCode code, UUID grant, String clientId) {
        return sessions.end(code.organizationId(), code.userId(), grant, AuditType.TOKEN_REUSED, clientId);
    }
}
