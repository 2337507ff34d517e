package dev.roster.client;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import org.jboss.logging.Logger;

/** Deletes counts of failures that mean nothing any more, and those beyond what is kept. */
@ApplicationScoped
class FailureCleaner {
    private static final Logger LOG = Logger.getLogger(FailureCleaner.class);

    // As long as a window: the table holds what two of them bring.
    private static final Duration EVERY = Duration.ofMinutes(1);

    // Few enough to be done in milliseconds; what one replica holds, the others pass over.
    private static final int PART = 1_000;

    private static final String DELETE =
            """
            DELETE FROM client_failures WHERE (kind, subject) IN (
              SELECT kind, subject FROM client_failures %s LIMIT %d FOR UPDATE SKIP LOCKED)
            """;
    private static final String DELETE_ENDED =
            DELETE.formatted("WHERE ends_at <= $1 ORDER BY ends_at", PART);
    private static final String DELETE_BEYOND =
            DELETE.formatted("ORDER BY ends_at DESC OFFSET $1", PART);

    private final Pool database;
    private final FailureLimits limits;
    private final Clock clock;

    FailureCleaner(Pool database, FailureLimits limits, Clock clock) {
        this.database = database;
        this.limits = limits;
        this.clock = clock;
    }

    void onStart(@Observes StartupEvent start, Vertx vertx) {
        vertx.setPeriodic(
                EVERY.toMillis(),
                timer ->
                        clean().subscribe()
                                .with(
                                        done -> {},
                                        failure ->
                                                LOG.debug("Failures are cleaned later", failure)));
    }

    /** Deletes part after part until nothing superfluous is left. */
    Uni<Void> clean() {
        Tuple now = Tuple.of(clock.instant().atOffset(ZoneOffset.UTC));
        return delete(DELETE_ENDED, now)
                .chain(() -> delete(DELETE_BEYOND, Tuple.of((long) limits.kept())));
    }

    private Uni<Void> delete(String statement, Tuple parameters) {
        return database.preparedQuery(statement)
                .execute(parameters)
                .chain(
                        rows ->
                                rows.rowCount() < PART
                                        ? Uni.createFrom().voidItem()
                                        : delete(statement, parameters));
    }
}
