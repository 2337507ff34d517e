package dev.roster.access.session;

import dev.roster.audit.AuditEvent;
import dev.roster.audit.AuditLog;
import dev.roster.audit.AuditType;
import dev.roster.audit.Target;
import dev.roster.caller.Caller;
import dev.roster.platform.persistence.Rows;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

/** Further tokens in a session that goes on as it is: none of them lets it last longer. */
@ApplicationScoped
public class SessionTokens {
    // A revocation is remembered until the last token has ended, which this one may be
    private static final String ADD = """
            WITH added AS (
              UPDATE sessions SET token_expires_at = CASE WHEN token_expires_at IS NOT NULL
                                                     THEN greatest(token_expires_at, least(expires_at, $4)) END
               WHERE organization_id = $1 AND id = $2 AND user_id = $3 AND ended_at IS NULL AND expires_at > $5
              RETURNING least(expires_at, $4) AS token_ends_at),
            %s
            SELECT token_ends_at FROM added
            """.formatted(AuditLog.cte("$6", "EXISTS (SELECT FROM added)", "'{}'"));

    private final Pool database;
    private final AuditLog audit;
    private final Clock clock;

    SessionTokens(Pool database, AuditLog audit, Clock clock) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Notes, and records, one more token in the session of a token.
     *
     * @param wanted when it is to end
     * @return when it ends, never after the session; empty once that has ended
     */
    public Uni<Optional<Instant>> add(Caller token, Instant wanted) {
        AuditEvent derived = AuditEvent.of(token.organizationId(), AuditType.TOKEN_DERIVED)
                .on(Target.account(token.userId()))
                .by(token.userId(), token.clientId(), token.sessionId());
        Tuple parameters = Tuple.of(
                token.organizationId(),
                token.sessionId(),
                token.userId(),
                wanted.atOffset(ZoneOffset.UTC),
                clock.instant().atOffset(ZoneOffset.UTC),
                audit.rows(derived));
        return database.preparedQuery(ADD)
                .execute(parameters)
                .map(rows -> Rows.first(rows, row -> Rows.instant(row, 0)));
    }
}
