package dev.roster.access.reset;

import dev.roster.platform.background.Cleaner;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;

/** Deletes links to new passwords that nobody used in time. */
@Singleton
class ResetCleaner extends Cleaner {
    ResetCleaner(Pool database, Clock clock) {
        super(
                database,
                Duration.ofMinutes(10),
                new PastOfOrganizations("password_resets", "id", "expires_at", "<=", clock::instant));
    }
}
