package dev.roster.revocation;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.ZoneOffset;
import org.jboss.logging.Logger;

/** Deletes revocations whose tokens have all expired, in small parts. */
@ApplicationScoped
public class RevocationCleaner {
    private static final Logger LOG = Logger.getLogger(RevocationCleaner.class);
    private static final long INTERVAL_MILLISECONDS = 60_000;

    // Few enough to be done in milliseconds; what one replica holds, the others pass over.
    private static final int PART = 1_000;
    private static final String DELETE_PART =
            """
            DELETE FROM revocations r
             USING (SELECT organization_id, sequence FROM revocations
                     WHERE expires_at <= $1 ORDER BY expires_at LIMIT %d
                       FOR UPDATE SKIP LOCKED) expired
             WHERE r.organization_id = expired.organization_id AND r.sequence = expired.sequence
            """
                    .formatted(PART);

    private final Pool database;
    private final Vertx vertx;
    private final Clock clock;
    private long timer;

    RevocationCleaner(Pool database, Vertx vertx, Clock clock) {
        this.database = database;
        this.vertx = vertx;
        this.clock = clock;
    }

    void onStart(@Observes StartupEvent start) {
        timer =
                vertx.setPeriodic(
                        INTERVAL_MILLISECONDS,
                        tick ->
                                clean().subscribe()
                                        .with(
                                                done -> {},
                                                failure -> LOG.debug("Not cleaned", failure)));
    }

    void onStop(@Observes ShutdownEvent stop) {
        vertx.cancelTimer(timer);
    }

    /** Deletes part after part until fewer than a part are left. */
    Uni<Void> clean() {
        return database.preparedQuery(DELETE_PART)
                .execute(Tuple.of(clock.instant().atOffset(ZoneOffset.UTC)))
                .chain(rows -> rows.rowCount() < PART ? Uni.createFrom().voidItem() : clean());
    }
}
