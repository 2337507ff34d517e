package dev.roster.invite;

import dev.roster.platform.background.Cleaner;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;

/** Deletes the codes of links that ended long ago; those of other mails go with what they open. */
@Singleton
class InviteCodeCleaner extends Cleaner {
    // So long a link that is opened late says that it has expired, and not that nobody knows it
    private static final Duration REMEMBERED = Duration.ofDays(30);

    InviteCodeCleaner(Pool database, Clock clock) {
        super(
                database,
                Duration.ofHours(1),
                new PastOfOrganizations("invite_codes", "digest", "expires_at", "<=", () -> clock.instant()
                        .minus(REMEMBERED)));
    }
}
