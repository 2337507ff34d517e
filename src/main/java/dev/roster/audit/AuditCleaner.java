package dev.roster.audit;

import dev.roster.platform.background.Deletion;
import dev.roster.platform.background.PeriodicWork;
import io.quarkus.runtime.Startup;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** Deletes events that were kept long enough, in small parts. */
@Startup // so that wrong settings stop the start
@ApplicationScoped
public class AuditCleaner implements PeriodicWork {
    // An id begins with its time: one index serves order and age
    private static final String DELETE_PART =
            """
            DELETE FROM audit_events e
             USING (SELECT organization_id, id FROM audit_events WHERE id < $1
                     ORDER BY id LIMIT %d FOR UPDATE SKIP LOCKED) past
             WHERE e.organization_id = past.organization_id AND e.id = past.id
            """
                    .formatted(Deletion.PART);

    private final Pool database;
    private final Duration keep;
    private final Clock clock;

    AuditCleaner(Pool database, AuditSettings settings, Clock clock) {
        // Less would be no record; more than a century is a slip
        if (settings.keep().compareTo(Duration.ofDays(1)) < 0
                || settings.keep().compareTo(Duration.ofDays(36_500)) > 0) {
            throw new ConfigurationException("ROSTER_AUDIT_KEEP must be 1 to 36500 days");
        }
        this.database = database;
        this.keep = settings.keep();
        this.clock = clock;
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(10);
    }

    @Override
    public Uni<Void> run() {
        Instant end = clock.instant().minus(keep);
        UUID first = new UUID(Math.max(0, end.toEpochMilli()) << 16, 0);
        return Deletion.ofAll(database, DELETE_PART, Tuple.of(first));
    }
}
