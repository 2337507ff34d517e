package dev.roster.access.signing;

import dev.roster.audit.AuditEvent;
import dev.roster.audit.AuditLog;
import dev.roster.audit.AuditType;
import dev.roster.audit.Target;
import dev.roster.platform.background.PeriodicWork;
import dev.roster.platform.persistence.Rows;
import dev.roster.platform.persistence.Steps;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Records which keys come to sign: by a request, or by a file that was changed or was another one
 * at the start. Only the first of several replicas that see a file records it.
 */
@ApplicationScoped
public class SigningKeyEvents implements PeriodicWork {
    private static final String FIRST_ORGANIZATION = "SELECT id FROM organizations WHERE name = 'default'";

    private static final String RECORD = "WITH "
            + AuditLog.cte(
                    "$2",
                    "$1",
                    "NOT EXISTS (SELECT FROM audit_events WHERE organization_id = $2"
                            + " AND type = 'signing_key.rotated' AND target_name = $3)",
                    "'{}'")
            + " SELECT 1";

    private final SigningKeys keys;
    private final Pool database;
    private final AuditLog audit;
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    SigningKeyEvents(SigningKeys keys, Pool database, AuditLog audit) {
        this.keys = keys;
        this.database = database;
        this.audit = audit;
    }

    /** Records a rotation that somebody of an organization has asked for. */
    public Uni<Void> rotated(UUID organizationId) {
        return audit.append(event(organizationId, keys.nextSigningId()));
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(1);
    }

    /** Records a key of which no event tells yet, for the organization that runs the service. */
    @Override
    public Uni<Void> run() {
        Set<String> untold = new TreeSet<>(keys.nextSigningIds());
        untold.removeAll(told);
        return untold.isEmpty()
                ? Uni.createFrom().voidItem()
                : database.query(FIRST_ORGANIZATION)
                        .execute()
                        .map(rows -> Rows.first(rows, row -> row.getUUID(0)))
                        .chain(found -> found.map(organization -> Steps.each(untold, key -> record(organization, key)))
                                .orElseGet(Uni.createFrom()::voidItem));
    }

    private Uni<Void> record(UUID organizationId, String key) {
        AuditEvent byFile = event(organizationId, key).with("reason", "file");
        return database.preparedQuery(RECORD)
                .execute(Tuple.of(audit.rows(byFile), organizationId, key))
                .invoke(() -> told.add(key))
                .replaceWithVoid();
    }

    private static AuditEvent event(UUID organizationId, String key) {
        return AuditEvent.of(organizationId, AuditType.SIGNING_KEY_ROTATED).on(Target.Kind.SIGNING_KEY, null, key);
    }
}
