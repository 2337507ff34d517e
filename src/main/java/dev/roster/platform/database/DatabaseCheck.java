package dev.roster.platform.database;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/** Ready while the database answers. */
@Readiness
@Singleton
public class DatabaseCheck implements AsyncHealthCheck {
    private static final Logger LOG = Logger.getLogger(DatabaseCheck.class);

    // Longer than a request waits for a connection, so that it is known what it waited for
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Pool pool;

    DatabaseCheck(Pool pool) {
        this.pool = pool;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return pool.query("SELECT 1")
                .execute()
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .replaceWith(true)
                .onFailure()
                .recoverWithItem(DatabaseCheck::isBusy)
                .map(up -> HealthCheckResponse.named("database").status(up).build());
    }

    // A replica that is busy must not be taken out, or the others will be next. Whether the
    // database hears it at all is also known to the check of the revocations.
    private static boolean isBusy(Throwable failure) {
        LOG.debug("The database does not answer", failure);
        String message = String.valueOf(failure.getMessage());
        return message.contains("max wait queue size")
                || message.equals("Timeout waiting for connection");
    }
}
