package dev.roster.access.federation;

import dev.roster.platform.background.Cleaner;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;

/** Deletes sign-ins that nobody has come back from. */
@Singleton
class AttemptCleaner extends Cleaner {
    AttemptCleaner(Pool database, Clock clock) {
        super(
                database,
                Duration.ofMinutes(1), // strangers can begin many
                new PastOfOrganizations("federated_sign_ins", "digest", "expires_at", "<=", clock::instant));
    }
}
