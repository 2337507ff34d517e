package dev.roster.session;

import dev.roster.platform.background.Deletion;
import dev.roster.platform.background.PeriodicWork;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;

/** Deletes sessions that ended long enough ago, in small parts. */
@ApplicationScoped
public class SessionCleaner implements PeriodicWork {
    private static final String DELETE_PART =
            """
            DELETE FROM sessions s
             USING (SELECT organization_id, id FROM sessions
                     WHERE least(ended_at, expires_at) < $1
                     ORDER BY least(ended_at, expires_at) LIMIT %d
                       FOR UPDATE SKIP LOCKED) past
             WHERE s.organization_id = past.organization_id AND s.id = past.id
            """
                    .formatted(Deletion.PART);

    private final Pool database;
    private final SessionExpiry expiry;
    private final Clock clock;

    SessionCleaner(Pool database, SessionExpiry expiry, Clock clock) {
        this.database = database;
        this.expiry = expiry;
        this.clock = clock;
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(1);
    }

    @Override
    public Uni<Void> run() {
        Tuple before = Tuple.of(expiry.forgottenBefore(clock.instant()).atOffset(ZoneOffset.UTC));
        return Deletion.ofAll(database, DELETE_PART, before);
    }
}
