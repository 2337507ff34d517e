package dev.roster.access.password;

import dev.roster.platform.background.Cleaner;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Deletes networks that are known no more. */
@Singleton
class KnownNetworkCleaner extends Cleaner {
    KnownNetworkCleaner(Pool database, KnownNetworks networks) {
        super(
                database,
                Duration.ofHours(1),
                new PastOfOrganizations("known_networks", "user_id, network", "seen_at", "<=", networks::knownSince));
    }
}
