package dev.roster.access.grant;

import dev.roster.platform.background.Cleaner;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;

/** Deletes codes a day after their end: so long does their second use end what the first gave. */
@Singleton
class CodeCleaner extends Cleaner {
    CodeCleaner(Pool database, Clock clock) {
        super(
                database,
                Duration.ofHours(1),
                new PastOfOrganizations("authorization_codes", "id", "expires_at", "<=", () -> clock.instant()
                        .minus(Duration.ofDays(1))));
    }
}
