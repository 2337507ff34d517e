package dev.roster.platform.database;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.pgclient.PgConnection;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/** Ready while the database answers: reads go on also where no server takes writes. */
@Readiness
@Singleton
public class DatabaseCheck implements AsyncHealthCheck {
    private static final Logger LOG = Logger.getLogger(DatabaseCheck.class);

    // A second longer than a request waits for a connection unless told otherwise: a busy pool
    // alone is not the end of it
    private static final Duration IN_THE_POOL = Duration.ofMillis(2_500);

    // As long as the pool waits for a new connection
    private static final Duration BESIDE_THE_POOL = Duration.ofMillis(1_500);

    /** The longest the check takes: a probe that gives up earlier takes a busy replica out. */
    public static final Duration PATIENCE = IN_THE_POOL.plus(BESIDE_THE_POOL);

    private final Pool pool;
    private final DedicatedConnections connections;

    DatabaseCheck(Pool pool, DedicatedConnections connections) {
        this.pool = pool;
        this.connections = connections;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return pool.query(ServerChange.IS_READ_ONLY)
                .execute()
                .invoke(rows -> doubt(rows.iterator().next().getBoolean(0)))
                .replaceWith(true)
                .ifNoItem()
                .after(IN_THE_POOL)
                .fail()
                .onFailure(DatabaseCheck::mayBeBusy)
                .recoverWithUni(this::answersBesideThePool)
                .onFailure()
                .invoke(failure -> LOG.debug("The database does not answer", failure))
                .onFailure()
                .recoverWithItem(false)
                .map(up -> HealthCheckResponse.named("database").status(up).build());
    }

    // A pool without work would not notice otherwise
    private void doubt(boolean readOnly) {
        if (readOnly && connections.isWritable()) {
            connections.doubt();
        }
    }

    // A replica that is busy must not be taken out, or the others will be next. But who waits for a
    // database that is silent waits for a connection too.
    private static boolean mayBeBusy(Throwable failure) {
        // the pool may be told to wait for longer
        return failure instanceof TimeoutException || failure instanceof NoConnectionException;
    }

    private Uni<Boolean> answersBesideThePool() {
        return connections
                .open("roster health")
                .call(PgConnection::close)
                .replaceWith(true)
                .ifNoItem()
                .after(BESIDE_THE_POOL)
                .fail()
                .onFailure(ServerChange::isFull)
                .recoverWithItem(true);
    }
}
