package dev.roster.session;

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

/** Deletes sessions that ended long enough ago, in small parts. */
@ApplicationScoped
public class SessionCleaner {
    private static final Logger LOG = Logger.getLogger(SessionCleaner.class);
    private static final long INTERVAL_MILLISECONDS = 60_000;

    // Few enough to be done in milliseconds; what one replica holds, the others pass over.
    private static final int PART = 1_000;
    private static final String DELETE_PART =
            """
            DELETE FROM sessions s
             USING (SELECT organization_id, id FROM sessions
                     WHERE least(ended_at, expires_at) < $1
                     ORDER BY least(ended_at, expires_at) LIMIT %d
                       FOR UPDATE SKIP LOCKED) past
             WHERE s.organization_id = past.organization_id AND s.id = past.id
            """
                    .formatted(PART);

    private final Pool database;
    private final SessionExpiry expiry;
    private final Vertx vertx;
    private final Clock clock;
    private long timer;

    SessionCleaner(Pool database, SessionExpiry expiry, Vertx vertx, Clock clock) {
        this.database = database;
        this.expiry = expiry;
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

    /** Deletes part after part until none is left. */
    Uni<Void> clean() {
        return database.preparedQuery(DELETE_PART)
                .execute(Tuple.of(expiry.forgottenBefore(clock.instant()).atOffset(ZoneOffset.UTC)))
                .chain(rows -> rows.rowCount() < PART ? Uni.createFrom().voidItem() : clean());
    }
}
