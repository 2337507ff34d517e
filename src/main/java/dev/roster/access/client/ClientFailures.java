package dev.roster.access.client;

import dev.roster.audit.AuditEvent;
import dev.roster.audit.AuditType;
import dev.roster.audit.FailureEvents;
import dev.roster.platform.persistence.Rows;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

/** Records which clients could not prove themselves, for the readers of their organization. */
@ApplicationScoped
class ClientFailures {
    private static final String FIND = """
            SELECT c.user_id,
                   CASE WHEN c.revoked_at IS NOT NULL THEN 'revoked'
                        WHEN c.expires_at <= $2 THEN 'expired'
                        WHEN u.status <> 'active' THEN 'account_not_active'
                        ELSE 'wrong_secret' END
              FROM clients c
              JOIN users u ON u.organization_id = c.organization_id AND u.id = c.user_id
             WHERE c.organization_id = $1 AND c.client_id = $3
            """;

    private final Pool database;
    private final ClientOrganizations organizations;
    private final FailureEvents events;
    private final Clock clock;

    ClientFailures(Pool database, ClientOrganizations organizations, FailureEvents events, Clock clock) {
        this.database = database;
        this.organizations = organizations;
        this.events = events;
        this.clock = clock;
    }

    /** Records a failure of these credentials, of which only the identifier of a client is told. */
    Uni<Void> add(ClientCredentials credentials) {
        if (!credentials.isPossible()) {
            return events.addUnknown(AuditType.CLIENT_FAILED);
        }
        return organizations
                .find(credentials.clientId())
                .chain(organization -> organization
                        .map(id -> event(id, credentials.clientId()))
                        .orElseGet(() -> Uni.createFrom().item(Optional.empty())))
                .chain(found -> found.map(events::add).orElseGet(() -> events.addUnknown(AuditType.CLIENT_FAILED)));
    }

    private Uni<Optional<AuditEvent>> event(UUID organizationId, String clientId) {
        return Rows.first(database, FIND, Tuple.of(organizationId, Rows.now(clock), clientId), row -> AuditEvent.of(
                        organizationId, AuditType.CLIENT_FAILED)
                .onAccount(row.getUUID(0))
                .with("client_id", clientId)
                .with("reason", row.getString(1)));
    }
}
