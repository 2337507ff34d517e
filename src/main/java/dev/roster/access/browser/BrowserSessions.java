package dev.roster.access.browser;

import dev.roster.access.session.LastSeen;
import dev.roster.access.session.Session;
import dev.roster.access.session.Sessions;
import dev.roster.access.token.AccessToken;
import dev.roster.access.token.TokenVerifier;
import dev.roster.caller.Brand;
import dev.roster.caller.Caller;
import dev.roster.caller.CurrentCaller;
import dev.roster.caller.Role;
import dev.roster.caller.Scope;
import dev.roster.platform.database.WorkOwner;
import dev.roster.platform.digest.OpaqueSecret;
import dev.roster.platform.persistence.Rows;
import dev.roster.user.SignInClientId;
import io.smallrye.jwt.auth.principal.ParseException;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The sessions of browsers: ordinary sessions, which a cookie stands for in place of a token. They are read with each
 * page, so that whatever ends one, or changes what its account may do, holds for the next page of every replica.
 */
@ApplicationScoped
public class BrowserSessions {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private static final String ADD = """
            INSERT INTO browser_sessions (organization_id, session_id, digest, authenticated_at, used_at,
                                          foreign_role, foreign_authenticated_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            """;

    private static final String FIND = """
            WITH present AS (
              SELECT b.session_id, s.user_id, u.role, u.username, u.display_name,
                     u.password_expired AND u.oauth_provider IS NULL AS password_expired,
                     o.name, o.display_name AS organization_name, b.authenticated_at, b.used_at,
                     b.foreign_role, b.foreign_authenticated_at, o.logo_digest, o.support_url,
                     u.oauth_provider IS NOT NULL AS is_federated
                FROM browser_sessions b
                JOIN sessions s ON s.organization_id = b.organization_id AND s.id = b.session_id
                JOIN users u ON u.organization_id = s.organization_id AND u.id = s.user_id
                JOIN organizations o ON o.id = b.organization_id
               WHERE b.organization_id = $1 AND b.digest = $2 AND b.used_at > $4 AND b.authenticated_at > $5
                 AND s.ended_at IS NULL AND s.expires_at > $3 AND u.status = 'active' AND o.status = 'active'
                 AND %s),
            used AS (
              UPDATE browser_sessions b SET used_at = $3 FROM present p
               WHERE b.organization_id = $1 AND b.session_id = p.session_id AND p.used_at < $6
              RETURNING 1)
            SELECT session_id, user_id, role, coalesce(display_name, username), password_expired, name,
                   organization_name, coalesce(foreign_authenticated_at, authenticated_at), foreign_role, logo_digest,
                   support_url, username, is_federated, authenticated_at, EXISTS (SELECT FROM used)
              FROM present
            """.formatted(Session.isOfPresent("s", "o"));

    private static final String FORMER = """
            SELECT s.user_id, s.id FROM browser_sessions b
              JOIN sessions s ON s.organization_id = b.organization_id AND s.id = b.session_id
             WHERE b.organization_id = $1 AND b.digest = $2
            """;

    private final Pool database;
    private final BrowserCookie cookie;
    private final TokenVerifier tokens;
    private final Sessions sessions;
    private final LastSeen lastSeen;
    private final Clock clock;
    private final Duration idle;
    private final Duration absolute;

    BrowserSessions(
            Pool database,
            BrowserCookie cookie,
            TokenVerifier tokens,
            Sessions sessions,
            LastSeen lastSeen,
            Clock clock,
            BrowserSettings settings) {
        this.database = database;
        this.cookie = cookie;
        this.tokens = tokens;
        this.sessions = sessions;
        this.lastSeen = lastSeen;
        this.clock = clock;
        idle = settings.idleExpiry();
        absolute = settings.absoluteExpiry();
    }

    /** The session of the browser that sends a request; empty where it is not signed in, or no more. */
    public Uni<Optional<BrowserSession>> of(RoutingContext request) {
        return cookie.session(request)
                .flatMap(OpaqueSecret::read)
                .map(this::find)
                .orElseGet(() -> Uni.createFrom().item(Optional.empty()));
    }

    /**
     * Lets a browser go on in the session of a token that it has just been granted, by a value that is new with each
     * sign-in.
     *
     * @param said by the issuer that has signed the person in; empty where no other one has
     */
    public Uni<BegunSession> begin(AccessToken token, Optional<ForeignSignIn> said) {
        Caller caller = caller(token);
        OpaqueSecret key = OpaqueSecret.random(caller.organizationId());
        return database.preparedQuery(ADD)
                .execute(Tuple.tuple()
                        .addUUID(caller.organizationId())
                        .addUUID(caller.sessionId())
                        .addValue(key.digest())
                        .addOffsetDateTime(Rows.utc(caller.authenticatedAt()))
                        .addOffsetDateTime(Rows.now(clock))
                        .addString(
                                said.map(ForeignSignIn::role).map(Role::value).orElse(null))
                        .addOffsetDateTime(said.map(ForeignSignIn::authenticatedAt)
                                .map(Rows::utc)
                                .orElse(null)))
                .chain(() -> goOn(caller, caller.authenticatedAt()))
                .replaceWith(new BegunSession(key.value(), caller));
    }

    /** What the browser that sends a request was signed in with last; empty where it shows nothing of it. */
    public Uni<Optional<FormerSignIn>> former(RoutingContext request) {
        return cookie.session(request)
                .flatMap(OpaqueSecret::read)
                .map(key -> database.preparedQuery(FORMER)
                        .execute(Tuple.of(key.organizationId(), key.digest()))
                        .map(rows -> Rows.first(
                                rows, row -> new FormerSignIn(key.organizationId(), row.getUUID(0), row.getUUID(1)))))
                .orElseGet(() -> Uni.createFrom().item(Optional.empty()));
    }

    // So that lists of sessions see its end; one that is there for a new password alone has its own
    private Uni<Void> goOn(Caller caller, Instant begunAt) {
        if (caller.mustChangePassword()) {
            return Uni.createFrom().voidItem();
        }
        Instant idleEnd = clock.instant().plus(idle);
        Instant absoluteEnd = begunAt.plus(absolute);
        Instant end = idleEnd.isBefore(absoluteEnd) ? idleEnd : absoluteEnd;
        return sessions.goOn(caller.organizationId(), caller.sessionId(), begunAt, end);
    }

    /** Signs a browser out: its session ends, everywhere. */
    public Uni<Void> end(BrowserSession session) {
        Caller caller = session.caller();
        return sessions.endOf(caller, caller.userId(), caller.clientId());
    }

    private Uni<Optional<BrowserSession>> find(OpaqueSecret key) {
        // Before its rows are read: while they do not answer, strangers do not wait behind them
        WorkOwner.set(key.organizationId());
        Instant now = clock.instant();
        return database.preparedQuery(FIND)
                .execute(Tuple.of(
                        key.organizationId(),
                        key.digest(),
                        Rows.utc(now),
                        Rows.utc(now.minus(idle)),
                        Rows.utc(now.minus(absolute)),
                        Rows.utc(now.minus(MINUTE))))
                .chain(rows -> Rows.first(rows, row -> used(session(key.organizationId(), row), row.getBoolean(14)))
                        .map(found -> found.map(Optional::of))
                        .orElseGet(() -> Uni.createFrom().item(Optional.empty())))
                .invoke(found -> found.map(BrowserSession::caller).ifPresent(caller -> {
                    CurrentCaller.set(caller);
                    lastSeen.saw(caller);
                }));
    }

    private Uni<BrowserSession> used(BrowserSession session, boolean sinceAMinute) {
        return sinceAMinute
                ? goOn(session.caller(), session.begunAt()).replaceWith(session)
                : Uni.createFrom().item(session);
    }

    private static BrowserSession session(UUID organizationId, Row row) {
        UUID userId = row.getUUID(1);
        Role inDirectory = Role.of(row.getString(2)).orElseThrow();
        // Another issuer may say that it is less, as with its tokens
        Role role = inDirectory.atMost(Role.of(row.getString(8)).orElse(null));
        Set<String> scopes = row.getBoolean(4) ? Set.of(Scope.PASSWORD_CHANGE) : role.scopes();
        Caller caller = new Caller(
                organizationId,
                row.getString(5),
                userId,
                role,
                scopes,
                SignInClientId.of(userId),
                row.getUUID(0),
                Rows.instant(row, 7));
        return new BrowserSession(
                caller,
                row.getString(11),
                row.getString(3),
                Brand.of(organizationId, row.getString(6), row.getString(9), row.getString(10)),
                row.getBoolean(12),
                Rows.instant(row, 13));
    }

    private Caller caller(AccessToken token) {
        try {
            return tokens.verify(token.accessToken()).caller();
        } catch (ParseException own) {
            throw new IllegalStateException("a token of this service is good when it is granted", own);
        }
    }
}
