package dev.roster.access.client;

import dev.roster.audit.AuditEvent;
import dev.roster.audit.AuditType;
import dev.roster.audit.FailureEvents;
import dev.roster.audit.Target;
import dev.roster.platform.persistence.Rows;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.ZoneOffset;

/** Records which clients could not prove themselves, for the readers of their organization. */
@ApplicationScoped
class ClientFailures {
    private static final String FIND = """
            SELECT c.organization_id, c.user_id,
                   CASE WHEN c.revoked_at IS NOT NULL THEN 'revoked'
                        WHEN c.expires_at <= $2 THEN 'expired'
                        WHEN u.status <> 'active' THEN 'account_not_active'
                        ELSE 'wrong_secret' END
              FROM client_ids i
              JOIN clients c ON c.organization_id = i.organization_id AND c.client_id = i.client_id
              JOIN users u ON u.organization_id = c.organization_id AND u.id = c.user_id
             WHERE i.client_id = $1
            """;

    private final Pool database;
    private final FailureEvents events;
    private final Clock clock;

    ClientFailures(Pool database, FailureEvents events, Clock clock) {
        this.database = database;
        this.events = events;
        this.clock = clock;
    }

    /** Records a failure of these credentials, of which only the identifier of a client is told. */
    Uni<Void> add(ClientCredentials credentials) {
        if (!credentials.isPossible()) {
            events.addUnknown(AuditType.CLIENT_FAILED);
            return Uni.createFrom().voidItem();
        }
        return database.preparedQuery(FIND)
                .execute(Tuple.of(credentials.clientId(), clock.instant().atOffset(ZoneOffset.UTC)))
                .map(rows -> Rows.first(rows, row -> event(row, credentials.clientId())))
                .chain(found -> {
                    if (found.isPresent()) {
                        return events.add(found.get());
                    }
                    events.addUnknown(AuditType.CLIENT_FAILED);
                    return Uni.createFrom().voidItem();
                });
    }

    private static AuditEvent event(Row row, String clientId) {
        return AuditEvent.of(row.getUUID(0), AuditType.CLIENT_FAILED)
                .on(Target.account(row.getUUID(1)))
                .with("client_id", clientId)
                .with("reason", row.getString(2));
    }
}
