package dev.roster.session;

import dev.roster.platform.persistence.Uuids;
import dev.roster.revocation.Revocations;
import dev.roster.security.Caller;
import dev.roster.security.Scope;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** Opens and ends the sessions of accounts. */
@ApplicationScoped
public class Sessions {

    // The account is locked before the client, as its removal does, so that the two never wait for
    // each other. The account's version stays: signing in is not a change of it.
    private static final String OPEN =
            """
            WITH account AS (
              UPDATE users SET last_login_at = $8, last_seen_at = $8
               WHERE organization_id = $1 AND id = $3 AND status = 'active' AND role = $9
              RETURNING organization_id, id, token_generation),
            used_client AS (
              UPDATE clients c SET last_used_at = $8 FROM account a
               WHERE c.organization_id = a.organization_id AND c.user_id = a.id AND c.id = $4
                 AND c.revoked_at IS NULL AND (c.expires_at IS NULL OR c.expires_at > $8)
              RETURNING c.organization_id, c.user_id, c.id),
            opened AS (
            INSERT INTO sessions (organization_id, id, user_id, client_id, device, user_agent, ip_address,
                                  expires_at, token_expires_at, created_at, last_seen_at)
            SELECT c.organization_id, $2, c.user_id, c.id, $5, $5, $6, $7, $7, $8, $8 FROM used_client c
                ON CONFLICT (organization_id, user_id, client_id, device) WHERE ended_at IS NULL
                DO UPDATE SET ip_address = excluded.ip_address, last_seen_at = excluded.last_seen_at,
                              expires_at = greatest(sessions.expires_at, excluded.expires_at),
                              token_expires_at = greatest(sessions.token_expires_at, excluded.token_expires_at)
            RETURNING id)
            SELECT o.id, a.token_generation FROM opened o, account a
            """;

    private final Pool database;
    private final Revocations revocations;
    private final Clock clock;

    Sessions(Pool database, Revocations revocations, Clock clock) {
        this.database = database;
        this.revocations = revocations;
        this.clock = clock;
    }

    /**
     * Opens a session, or extends the open one of the same account, client and device; records the
     * sign-in with the account and the client.
     *
     * @return empty where the account or the client was changed meanwhile
     */
    public Uni<Optional<OpenSession>> open(NewSession session) {
        Tuple parameters =
                Tuple.tuple()
                        .addUUID(session.organizationId())
                        .addUUID(Uuids.v7(clock.instant()))
                        .addUUID(session.userId())
                        .addUUID(session.clientId())
                        .addString(Device.of(session.userAgent()))
                        .addString(session.ipAddress())
                        .addOffsetDateTime(session.expiresAt().atOffset(ZoneOffset.UTC))
                        .addOffsetDateTime(now())
                        .addString(session.role().value());
        return database.preparedQuery(OPEN).execute(parameters).map(Sessions::opened);
    }

    /** Ends all sessions of the caller's account, the present one included. */
    public Uni<Void> endAll(Caller caller) {
        if (!caller.scopes().contains(Scope.SESSIONS_WRITE)) {
            caller.require(Scope.SELF_WRITE);
        }
        return database.preparedQuery(EndedSessions.ALL)
                .execute(Tuple.of(caller.organizationId(), caller.userId(), now()))
                .chain(revocations::settle);
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    private static Optional<OpenSession> opened(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(row -> new OpenSession(row.getUUID(0), row.getInteger(1)))
                .findFirst();
    }
}
