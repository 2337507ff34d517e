package dev.roster.access.session;

import dev.roster.platform.background.Cleaner;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;

/** Deletes sessions that ended long enough ago. */
@Singleton
public class SessionCleaner extends Cleaner {
    SessionCleaner(Pool database, SessionExpiry expiry, Clock clock) {
        super(
                database,
                Duration.ofMinutes(1),
                new PastOfOrganizations(
                        "sessions",
                        "id",
                        "least(ended_at, expires_at)",
                        "<",
                        () -> expiry.forgottenBefore(clock.instant())));
    }
}
