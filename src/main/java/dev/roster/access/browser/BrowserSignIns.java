package dev.roster.access.browser;

import dev.roster.access.session.Sessions;
import dev.roster.access.token.AccessToken;
import dev.roster.access.token.TokenVerifier;
import dev.roster.caller.Caller;
import dev.roster.caller.Role;
import dev.roster.platform.digest.OpaqueSecret;
import dev.roster.platform.persistence.Rows;
import dev.roster.platform.persistence.SessionSql;
import dev.roster.platform.persistence.UnitOfWork;
import dev.roster.revocation.Revocations;
import dev.roster.user.User;
import io.smallrye.jwt.auth.principal.ParseException;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

/** Signs browsers in, by what a use case has granted to their person. */
@ApplicationScoped
public class BrowserSignIns {
    private static final String ADD = """
            INSERT INTO browser_sessions (organization_id, session_id, digest, authenticated_at, used_at,
                                          foreign_role, foreign_authenticated_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            """;

    // By the cookie that comes with the next sign-in; of a form that is sent twice the first has begun one already
    private static final String FORMER = """
            SELECT s.user_id, s.id, b.session_id FROM browser_sessions b
              JOIN sessions s ON s.organization_id = b.organization_id AND s.id = coalesce(b.successor_id, b.session_id)
             WHERE b.organization_id = $1 AND b.digest = $2
            """;

    // Also of those that it was the successor of: whichever cookie comes next leads to the last one
    private static final String SUCCEED = """
            UPDATE browser_sessions SET successor_id = $4
             WHERE organization_id = $1 AND (session_id IN ($2, $3) OR successor_id = $3)
            """;

    private final BrowserSessions browsers;
    private final BrowserCookie cookie;
    private final TokenVerifier tokens;
    private final Sessions sessions;
    private final SignInFollower follower;
    private final Revocations revocations;
    private final Clock clock;

    BrowserSignIns(
            BrowserSessions browsers,
            BrowserCookie cookie,
            TokenVerifier tokens,
            Sessions sessions,
            SignInFollower follower,
            Revocations revocations,
            Clock clock) {
        this.browsers = browsers;
        this.cookie = cookie;
        this.tokens = tokens;
        this.sessions = sessions;
        this.follower = follower;
        this.revocations = revocations;
        this.clock = clock;
    }

    /**
     * Lets a browser go on in the session of a token that it has just been granted, by a value that is new with each
     * sign-in. What it was signed in with until now ends, which would stay open without a way to end it; what the same person
     * has begun there goes on.
     *
     * @param said by the issuer that has signed the person in; empty where no other one has
     */
    public Uni<BegunSession> begin(RoutingContext request, AccessToken token, Optional<ForeignSignIn> said) {
        Caller caller = caller(token);
        OpaqueSecret key = OpaqueSecret.random(caller.organizationId());
        // Behind the account, as whatever adds to its sessions: of two at once the second follows the first
        return UnitOfWork.transaction(() -> User.lockById(caller.organizationId(), caller.userId())
                        .chain(() -> add(caller, key, said))
                        .chain(() -> endFormer(request, caller)))
                .call(() -> revocations.settleIfAny())
                .chain(() -> browsers.goOn(caller, caller.authenticatedAt()))
                .replaceWith(new BegunSession(key.value(), caller));
    }

    private Uni<Integer> add(Caller caller, OpaqueSecret key, Optional<ForeignSignIn> said) {
        return SessionSql.update(
                ADD,
                caller.organizationId(),
                caller.sessionId(),
                key.digest(),
                Rows.utc(caller.authenticatedAt()),
                Rows.now(clock),
                said.map(ForeignSignIn::role).map(Role::value).orElse(null),
                said.map(ForeignSignIn::authenticatedAt).map(Rows::utc).orElse(null));
    }

    private Uni<Void> endFormer(RoutingContext request, Caller caller) {
        return cookie.session(request)
                .flatMap(OpaqueSecret::read)
                .map(key -> SessionSql.first(row -> row, FORMER, key.organizationId(), key.digest())
                        .chain(found -> found.map(row -> follow(
                                        new FormerSignIn(key.organizationId(), row.getUUID(0), row.getUUID(1)),
                                        row.getUUID(2),
                                        caller))
                                .orElseGet(() -> Uni.createFrom().voidItem())))
                .orElseGet(() -> Uni.createFrom().voidItem());
    }

    private Uni<Void> follow(FormerSignIn former, UUID cookies, Caller caller) {
        boolean isSameOrganization = former.organizationId().equals(caller.organizationId());
        boolean isSamePerson = isSameOrganization && caller.is(former.userId());
        Uni<Void> moved = isSamePerson
                ? follower.follow(former, caller.sessionId())
                : Uni.createFrom().voidItem();
        // By a cookie of long ago nobody ends what another person has begun since
        Uni<Void> ended = isSamePerson || former.sessionId().equals(cookies)
                ? moved.chain(() -> sessions.endWithin(former.organizationId(), former.userId(), former.sessionId()))
                : moved;
        return isSameOrganization
                ? ended.chain(() -> SessionSql.update(
                                SUCCEED, caller.organizationId(), cookies, former.sessionId(), caller.sessionId()))
                        .replaceWithVoid()
                : ended;
    }

    private Caller caller(AccessToken token) {
        try {
            return tokens.verify(token.accessToken()).caller();
        } catch (ParseException own) {
            throw new IllegalStateException("a token of this service is good when it is granted", own);
        }
    }
}
