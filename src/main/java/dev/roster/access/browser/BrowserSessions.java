package dev.roster.access.browser;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.roster.access.session.LastSeen;
import dev.roster.access.session.Session;
import dev.roster.access.session.Sessions;
import dev.roster.caller.Brand;
import dev.roster.caller.Caller;
import dev.roster.caller.CurrentCaller;
import dev.roster.caller.Role;
import dev.roster.caller.Scope;
import dev.roster.platform.database.WorkOwner;
import dev.roster.platform.digest.OpaqueSecret;
import dev.roster.platform.persistence.Rows;
import dev.roster.user.SignInClientId;
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

    // Half a megabyte; the browsers of one beyond are strangers until their rows are found
    private static final int MOST_KNOWN = 10_000;

    /** Organizations of which a browser was signed in. */
    private final Cache<UUID, Boolean> known =
            Caffeine.newBuilder().maximumSize(MOST_KNOWN).build();

    private final Pool database;
    private final BrowserCookie cookie;
    private final Sessions sessions;
    private final LastSeen lastSeen;
    private final Clock clock;
    private final Duration idle;
    private final Duration renewal;
    private final Duration absolute;

    BrowserSessions(
            Pool database,
            BrowserCookie cookie,
            Sessions sessions,
            LastSeen lastSeen,
            Clock clock,
            BrowserSettings settings) {
        this.database = database;
        this.cookie = cookie;
        this.sessions = sessions;
        this.lastSeen = lastSeen;
        this.clock = clock;
        idle = settings.idleExpiry();
        renewal = idle.dividedBy(4).compareTo(MINUTE) < 0 ? idle.dividedBy(4) : MINUTE;
        absolute = settings.absoluteExpiry();
    }

    /** The session of the browser that sends a request; empty where it is not signed in, or no more. */
    public Uni<Optional<BrowserSession>> of(RoutingContext request) {
        return cookie.session(request)
                .flatMap(OpaqueSecret::read)
                .map(this::find)
                .orElseGet(() -> Uni.createFrom().item(Optional.empty()));
    }

    // So that lists of sessions see its end; one that is there for a new password alone has its own
    Uni<Void> goOn(Caller caller, Instant begunAt) {
        return caller.mustChangePassword()
                ? Uni.createFrom().voidItem()
                : sessions.goOn(caller.organizationId(), caller.sessionId(), begunAt, idle, absolute);
    }

    /** Signs a browser out: its session ends, everywhere. */
    public Uni<Void> end(BrowserSession session) {
        Caller caller = session.caller();
        return sessions.endOf(caller, caller.userId(), caller.clientId());
    }

    private Uni<Optional<BrowserSession>> find(OpaqueSecret key) {
        // Before its rows are read: while they do not answer, others do not wait behind them
        // Only one that is known, as a cookie may name anything
        if (known.getIfPresent(key.organizationId()) != null) {
            WorkOwner.claim(key.organizationId());
        }
        Instant now = clock.instant();
        return database.preparedQuery(FIND)
                .execute(Tuple.of(
                        key.organizationId(),
                        key.digest(),
                        Rows.utc(now),
                        Rows.utc(now.minus(idle)),
                        Rows.utc(now.minus(absolute)),
                        Rows.utc(now.minus(renewal))))
                .chain(rows -> Rows.first(rows, row -> used(session(key.organizationId(), row), row.getBoolean(14)))
                        .map(found -> found.map(Optional::of))
                        .orElseGet(() -> Uni.createFrom().item(Optional.empty())))
                .invoke(found -> found.map(BrowserSession::caller).ifPresent(lastSeen::saw));
    }

    private Uni<BrowserSession> used(BrowserSession session, boolean isNoted) {
        Caller caller = session.caller();
        known.put(caller.organizationId(), true);
        // What is proven now counts for the next statement already
        CurrentCaller.set(caller);
        return isNoted
                ? goOn(caller, session.begunAt()).replaceWith(session)
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
}
