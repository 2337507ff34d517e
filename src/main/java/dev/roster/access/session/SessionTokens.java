package dev.roster.access.session;

import dev.roster.audit.AuditEvent;
import dev.roster.audit.AuditLog;
import dev.roster.audit.AuditType;
import dev.roster.caller.Caller;
import dev.roster.platform.persistence.Rows;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Further tokens in a session that goes on as it is: none of them lets it last longer. */
@ApplicationScoped
public class SessionTokens {
    // A revocation is remembered until the last token has ended, which this one may be: the account is held, so that
    // whatever ends its tokens meanwhile comes before, and is seen here, or after, and sees this. Tokens of the same
    // minute change nothing and are one event. Of what an application has lost since, it gets no other token: a
    // refresh gives what is left.
    private static final String ADD = """
            WITH account AS (
              SELECT organization_id, id FROM users
               WHERE organization_id = $1 AND id = $3 AND status = 'active'
                 AND array_position(%1$s, role) >= array_position(%1$s, CAST($7 AS text))
                 FOR SHARE),
            present AS (
              SELECT s.id, least(s.expires_at, c.expires_at, $4) AS token_ends_at,
                     s.derived_at IS NULL OR s.derived_at <= CAST($5 AS timestamptz) - interval '1 minute'
                       OR s.token_expires_at < least(s.expires_at, c.expires_at, CAST($4 AS timestamptz)) AS is_news
                FROM sessions s
                JOIN account u ON u.organization_id = s.organization_id AND u.id = s.user_id
                LEFT JOIN clients c ON c.organization_id = s.organization_id AND c.id = s.client_id
                LEFT JOIN applications a ON a.organization_id = s.organization_id AND a.id = s.application_id
               WHERE s.organization_id = $1 AND s.id = $2 AND s.ended_at IS NULL AND s.expires_at > $5
                 AND c.revoked_at IS NULL AND (c.expires_at IS NULL OR c.expires_at > $5)
                 AND (s.application_id IS NULL
                      OR (a.removed_at IS NULL AND a.scopes @> CAST($9 AS text[]) AND %3$s))),
            added AS (
              UPDATE sessions s
                 SET derived_at = $5,
                     token_expires_at = CASE WHEN s.token_expires_at IS NOT NULL
                                        THEN greatest(s.token_expires_at, least(s.expires_at, $8)) END
                FROM present p
               WHERE s.organization_id = $1 AND s.id = p.id AND p.is_news AND s.ended_at IS NULL
              RETURNING s.id),
            %2$s
            SELECT token_ends_at FROM present
             WHERE NOT coalesce(is_news, false) OR EXISTS (SELECT FROM added)
            """.formatted(
                    "ARRAY['viewer', 'member', 'admin']",
                    AuditLog.cte("$1", "$6", "EXISTS (SELECT FROM added)", "'{}'"),
                    ApplicationAudience.has("u.id"));

    // How much longer a session remembers its tokens than the last of them lives
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Pool database;
    private final AuditLog audit;
    private final Clock clock;

    SessionTokens(Pool database, AuditLog audit, Clock clock) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Notes, and records, one more token in the session of a token; role and scopes are those of the token.
     *
     * @param wanted when it is to end
     * @return when it ends, never after the session nor the secret it was opened with; empty once that has ended, or its application has
     *     lost a scope of the token, or the person
     */
    public Uni<Optional<Instant>> add(Caller token, Instant wanted) {
        AuditEvent derived = AuditEvent.of(token.organizationId(), AuditType.TOKEN_DERIVED)
                .onAccount(token.userId())
                .by(token.userId(), token.clientId(), token.sessionId());
        Tuple parameters = Tuple.from(List.of(
                token.organizationId(),
                token.sessionId(),
                token.userId(),
                Rows.utc(wanted),
                Rows.now(clock),
                audit.rows(derived),
                token.role().value(),
                Rows.utc(wanted.plus(MINUTE)),
                token.scopes().toArray(String[]::new)));
        return Rows.first(database, ADD, parameters, row -> Rows.instant(row, 0));
    }
}
