package dev.roster.revocation;

import dev.roster.platform.background.Deletion;
import dev.roster.platform.background.PeriodicWork;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;

/** Deletes revocations whose tokens have all expired, in small parts. */
@ApplicationScoped
public class RevocationCleaner implements PeriodicWork {
    private static final String DELETE_PART =
            """
            DELETE FROM revocations r
             USING (SELECT organization_id, sequence FROM revocations
                     WHERE expires_at <= $1 ORDER BY expires_at LIMIT %d
                       FOR UPDATE SKIP LOCKED) expired
             WHERE r.organization_id = expired.organization_id AND r.sequence = expired.sequence
            """
                    .formatted(Deletion.PART);

    private final Pool database;
    private final Clock clock;

    RevocationCleaner(Pool database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(1);
    }

    @Override
    public Uni<Void> run() {
        Tuple before = Tuple.of(clock.instant().atOffset(ZoneOffset.UTC));
        return Deletion.ofAll(database, DELETE_PART, before);
    }
}
