package dev.roster.audit;

import dev.roster.platform.background.Cleaner;
import io.quarkus.runtime.Startup;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Supplier;

/** Deletes events that were kept long enough. */
@Startup // so that wrong settings stop the start
@Singleton
public class AuditCleaner extends Cleaner {
    AuditCleaner(Pool database, AuditSettings settings, Clock clock) {
        super(
                database,
                Duration.ofMinutes(10),
                new PastOfOrganizations("audit_events", "id", "id", "<", first(keep(settings), clock)));
    }

    private static Duration keep(AuditSettings settings) {
        // Less would be no record; more than a century is a slip
        if (settings.keep().compareTo(Duration.ofDays(1)) < 0
                || settings.keep().compareTo(Duration.ofDays(36_500)) > 0) {
            throw new ConfigurationException("ROSTER_AUDIT_KEEP must be 1 to 36500 days");
        }
        return settings.keep();
    }

    /** The first id to stay: each begins with its time, so that one index serves order and age. */
    private static Supplier<UUID> first(Duration keep, Clock clock) {
        return () -> new UUID(Math.max(0, clock.instant().minus(keep).toEpochMilli()) << 16, 0);
    }
}
