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
                new Past(
                        "email_changes",
                        "organization_id, id",
                        "WHERE expires_at <= $1 ORDER BY expires_at",
                        clock::instant));
    }
}
