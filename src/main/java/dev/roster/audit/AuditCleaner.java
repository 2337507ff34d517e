package dev.roster.audit;

import dev.roster.platform.background.Cleaner;
import io.quarkus.runtime.Startup;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Supplier;

/** Deletes events that were kept long enough. */
@Startup
@Singleton
public class AuditCleaner extends Cleaner {
    AuditCleaner(Pool database, AuditSettings settings, Clock clock) {
        super(
                "AuditCleaner",
                database,
                Duration.ofMinutes(10),
                new PastOfOrganizations("audit_events", "id", "id", "<", first(settings.keep(), clock)));
    }

    /** The first id to stay: each begins with its time, so that one index serves order and age. */
    private static Supplier<UUID> first(Duration keep, Clock clock) {
        return () -> new UUID(Math.max(0, clock.instant().minus(keep).toEpochMilli()) << 16, 0);
    }
}
