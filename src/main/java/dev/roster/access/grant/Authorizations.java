package dev.roster.access.grant;

import dev.roster.access.application.Application;
import dev.roster.access.browser.BrowserSession;
import dev.roster.access.browser.FormerSignIn;
import dev.roster.access.browser.SignInFollower;
import dev.roster.access.client.ClientOrganizations;
import dev.roster.access.client.Secret;
import dev.roster.access.session.ApplicationAudience;
import dev.roster.access.token.OAuthError;
import dev.roster.access.token.OAuthError.Code;
import dev.roster.audit.AuditEvent;
import dev.roster.audit.AuditLog;
import dev.roster.audit.AuditType;
import dev.roster.audit.Target;
import dev.roster.platform.digest.Sha256;
import dev.roster.platform.limit.LimitReached;
import dev.roster.platform.limit.RateLimit;
import dev.roster.platform.limit.RateLimits;
import dev.roster.platform.persistence.Rows;
import dev.roster.platform.persistence.SessionSql;
import dev.roster.platform.persistence.UnitOfWork;
import dev.roster.platform.persistence.Uuids;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Lets persons let applications in (RFC 6749 section 4.1.1): who may, what was agreed to, and the code for it. */
@ApplicationScoped
public class Authorizations implements SignInFollower {
    // Long enough for a slow redirect (RFC 6749 section 4.1.2 allows ten minutes, RFC 9700 asks for less)
    private static final Duration CODE_LIFE = Duration.ofSeconds(60);

    // As often as sessions are opened for them (ApplicationSessions)
    private static final RateLimit CODES = new RateLimit("authorization-code", 100, Duration.ofMinutes(1));

    // In a query that is never sent: identifiers are visible ASCII
    private static final int LONGEST_ID = 255;

    private static final String FIND = """
            SELECT a.organization_id, o.name, a.id, a.name, a.redirect_uris, a.post_logout_redirect_uris, a.scopes
              FROM applications a JOIN organizations o ON o.id = a.organization_id
             WHERE a.organization_id = $1 AND a.client_id = $2 AND a.removed_at IS NULL AND o.status = 'active'
            """;

    private static final String AGREEMENT = """
            SELECT %s,
                   a.is_first_party OR EXISTS (
                     SELECT FROM consents c
                      WHERE c.organization_id = $1 AND c.user_id = $3 AND c.application_id = a.id
                        AND c.scopes @> $4)
              FROM applications a WHERE a.organization_id = $1 AND a.id = $2 AND a.removed_at IS NULL
            """.formatted(ApplicationAudience.has("$3"));

    private static final String CONSENT =
            """
            WITH present AS (%s),
            kept AS (
              INSERT INTO consents AS c (organization_id, user_id, application_id, scopes, updated_at)
              SELECT $1, $2, p.id, $4, $5 FROM present p
                  ON CONFLICT (organization_id, user_id, application_id)
                  DO UPDATE SET updated_at = excluded.updated_at,
                                scopes = CASE WHEN c.scopes @> excluded.scopes THEN c.scopes
                                         ELSE c.scopes || excluded.scopes END
              RETURNING 1),
            %s
            SELECT count(*) FROM kept
            """.formatted(Application.kept("$1", "$3"), AuditLog.cte("$1", "$6", "EXISTS (SELECT FROM kept)", "'{}'"));

    // Whoever withdraws what was agreed to waits for the code, and then forgets it. The account is held before, as by
    // those who delete it
    private static final String KEEP_CODE = """
            WITH account AS (
              SELECT u.organization_id, u.id FROM users u WHERE u.organization_id = $1 AND u.id = $5 FOR KEY SHARE),
            present AS (%s),
            agreed AS (
              SELECT c.application_id
                FROM account a
                JOIN consents c ON c.organization_id = a.organization_id AND c.user_id = a.id
                JOIN present p ON p.id = c.application_id
               WHERE c.organization_id = $1 AND c.user_id = $5 AND c.application_id = $4
                 AND c.scopes @> CAST($9 AS text[])
                 FOR SHARE OF c)
            INSERT INTO authorization_codes (organization_id, id, digest, application_id, user_id, browser_session_id,
                                             redirect_uri, code_challenge, scopes, nonce, authenticated_at, expires_at,
                                             created_at)
            SELECT $1, $2, $3, a.id, $5, $6, $7, $8, $9, $10, $11, $12, $13 FROM applications a
             WHERE a.organization_id = $1 AND a.id = $4
               AND EXISTS (SELECT FROM account) AND EXISTS (SELECT FROM present)
               AND (a.is_first_party OR EXISTS (SELECT FROM agreed))
            RETURNING 1
            """.formatted(Application.kept("$1", "$4"));

    // By the account, whose codes are few and lie together, and in the order in which an account goes. They have ended
    // with a session that somebody has ended, as by a new password
    private static final String MOVE_CODES = """
            UPDATE authorization_codes SET browser_session_id = $4
             WHERE organization_id = $1 AND user_id = $2 AND browser_session_id = $3 AND grant_id IS NULL
               AND EXISTS (SELECT FROM sessions s
                            WHERE s.organization_id = $1 AND s.id = $3 AND s.ended_at IS NULL)
            """;
    private static final String MOVE_GRANTS =
            "UPDATE application_grants SET browser_session_id = $3 WHERE organization_id = $1 AND browser_session_id = $2";

    private final Pool database;
    private final ClientOrganizations organizations;
    private final RateLimits limits;
    private final AuditLog audit;
    private final Clock clock;

    Authorizations(Pool database, ClientOrganizations organizations, RateLimits limits, AuditLog audit, Clock clock) {
        this.database = database;
        this.organizations = organizations;
        this.limits = limits;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Where a person stands with an application.
     *
     * @param allowed whether it is for the person at all
     * @param agreed whether there is nothing to ask
     */
    public record Agreement(boolean allowed, boolean agreed) {}

    /** The application of this public identifier; empty where there is none. */
    public Uni<Optional<RegisteredApplication>> find(String clientId) {
        boolean possible = clientId.length() <= LONGEST_ID && clientId.chars().allMatch(c -> c > ' ' && c <= '~');
        return possible
                ? organizations
                        .read(clientId, organization -> database.preparedQuery(FIND)
                                .execute(Tuple.of(organization, clientId)))
                        .map(rows -> Rows.first(rows, Authorizations::application))
                : Uni.createFrom().item(Optional.empty());
    }

    /** Where the person of a browser stands with an application and these scopes. */
    public Uni<Agreement> agreement(RegisteredApplication application, BrowserSession browser, List<String> scopes) {
        return database.preparedQuery(AGREEMENT)
                .execute(Tuple.of(
                        application.organizationId(),
                        application.id(),
                        browser.userId(),
                        scopes.toArray(String[]::new)))
                .map(rows -> Rows.first(rows, row -> new Agreement(row.getBoolean(0), row.getBoolean(1)))
                        .orElse(new Agreement(false, false)));
    }

    /** Remembers that a person lets an application do this. */
    public Uni<Void> agree(RegisteredApplication application, BrowserSession browser, List<String> scopes) {
        AuditEvent given = AuditEvent.of(application.organizationId(), AuditType.CONSENT_GIVEN)
                .on(Target.Kind.APPLICATION, application.id(), application.name())
                .by(browser.userId(), browser.caller().clientId(), browser.sessionId())
                .with("scopes", String.join(" ", scopes));
        return database.preparedQuery(CONSENT)
                .execute(Tuple.of(
                        application.organizationId(),
                        browser.userId(),
                        application.id(),
                        scopes.toArray(String[]::new),
                        Rows.now(clock),
                        audit.rows(given)))
                .replaceWithVoid();
    }

    /**
     * A code, of which the digest alone is kept; empty where the person has not agreed, or no more. Fails with
     * {@link OAuthError} where an account has got too many.
     *
     * @param challenge of the method S256 (RFC 7636 section 4.2)
     * @param nonce for the ID token; empty for none
     */
    public Uni<Optional<String>> code(
            RegisteredApplication application,
            BrowserSession browser,
            String redirectUri,
            String challenge,
            List<String> scopes,
            Optional<String> nonce) {
        Instant now = clock.instant();
        String code = Secret.random();
        Object[] values = {
            application.organizationId(),
            Uuids.v7(now),
            Sha256.of(code),
            application.id(),
            browser.userId(),
            browser.sessionId(),
            redirectUri,
            challenge,
            scopes.toArray(String[]::new),
            nonce.orElse(null),
            Rows.utc(browser.authenticatedAt()),
            Rows.utc(now.plus(CODE_LIFE)),
            Rows.utc(now)
        };
        return UnitOfWork.transaction(() -> limits.spend(
                                CODES,
                                application.organizationId(),
                                browser.userId().toString())
                        .chain(() -> SessionSql.unflushed(Integer.class, KEEP_CODE, values)))
                .map(kept -> kept == null ? Optional.<String>empty() : Optional.of(code))
                .onFailure(LimitReached.class)
                .transform(reached ->
                        new OAuthError(Code.TEMPORARILY_UNAVAILABLE, "The account has got too many codes for now"));
    }

    @Override
    public Uni<Void> follow(FormerSignIn former, UUID sessionId) {
        UUID organization = former.organizationId();
        return SessionSql.update(MOVE_CODES, organization, former.userId(), former.sessionId(), sessionId)
                .chain(() -> SessionSql.update(MOVE_GRANTS, organization, former.sessionId(), sessionId))
                .replaceWithVoid();
    }

    private static RegisteredApplication application(Row row) {
        return new RegisteredApplication(
                row.getUUID(0),
                row.getString(1),
                row.getUUID(2),
                row.getString(3),
                List.of(row.getArrayOfStrings(4)),
                List.of(row.getArrayOfStrings(5)),
                List.of(row.getArrayOfStrings(6)));
    }
}
