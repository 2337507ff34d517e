package dev.roster.email;

import dev.roster.platform.background.Cleaner;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;

/** Deletes changes of addresses whose links nobody used in time. */
@Singleton
class EmailChangeCleaner extends Cleaner {
    EmailChangeCleaner(Pool database, Clock clock) {
        super(
                database,
                Duration.ofMinutes(10),
                new PastOfOrganizations("email_changes", "id", "expires_at", "<=", clock::instant));
    }
}
