package dev.roster.revocation;

import dev.roster.platform.background.Cleaner;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;

/** Deletes revocations whose tokens have all expired. */
@Singleton
public class RevocationCleaner extends Cleaner {
    RevocationCleaner(Pool database, Clock clock) {
        super(
                database,
                Duration.ofMinutes(1),
                new Past(
                        "revocations",
                        "organization_id, sequence",
                        "WHERE expires_at <= $1 ORDER BY expires_at",
                        clock::instant));
    }
}
