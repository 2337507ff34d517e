package dev.roster.transfer;

import dev.roster.platform.background.Cleaner;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;

/** Deletes what imports left behind that did not come to their end. */
@Singleton
public class ImportMarkCleaner extends Cleaner {
    // No import takes longer
    private static final Duration KEPT = Duration.ofDays(1);

    ImportMarkCleaner(Pool database, Clock clock) {
        super(
                database,
                Duration.ofMinutes(10),
                new PastOfOrganizations(
                        "import_marks",
                        "import_id, user_id",
                        "import_id",
                        "<",
                        // Each id begins with its time
                        () -> new UUID(clock.instant().minus(KEPT).toEpochMilli() << 16, 0)));
    }
}
