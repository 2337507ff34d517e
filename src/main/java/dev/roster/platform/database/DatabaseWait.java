package dev.roster.platform.database;

import io.quarkus.runtime.PreventFurtherStepsException;
import io.vertx.core.Vertx;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * Waits at the start for a database that starts together with the service: until it answers, the patience ends, or the
 * process is told to end.
 */
final class DatabaseWait {
    private static final Logger LOG = Logger.getLogger(DatabaseWait.class);

    private static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(1);

    private final DataSource database;
    private final Vertx vertx;

    DatabaseWait(DataSource database, Vertx vertx) {
        this.database = database;
        this.vertx = vertx;
    }

    /**
     * Returns when there is a connection.
     *
     * @throws SQLException why there was none to the end
     * @throws PreventFurtherStepsException if the process is told to end
     */
    void await(Duration patience) throws SQLException {
        long end = System.nanoTime() + patience.toNanos();
        CompletableFuture<Void> ending = new CompletableFuture<>();
        // Quarkus' own hook waits for the end of the start first
        Thread hook = new Thread(() -> ending.complete(null), "end-of-wait");
        Runtime.getRuntime().addShutdownHook(hook);
        String said = "";
        while (true) {
            try {
                attempt(ending);
                break;
            } catch (SQLException failure) {
                if (System.nanoTime() >= end) {
                    throw failure;
                }
                said = say(failure, said);
                sleep(ending);
            }
        }
        Runtime.getRuntime().removeShutdownHook(hook);
    }

    // On a thread that the end need not wait for
    private void attempt(CompletableFuture<Void> ending) throws SQLException {
        CompletableFuture<Void> attempt =
                vertx.executeBlocking(this::connect, false).toCompletionStage().toCompletableFuture();
        try {
            CompletableFuture.anyOf(attempt, ending).get();
        } catch (ExecutionException failure) {
            throw failure.getCause() instanceof SQLException reason ? reason : new SQLException(failure.getCause());
        } catch (InterruptedException interrupted) {
            throw end();
        }
        if (ending.isDone()) {
            throw end();
        }
    }

    private Void connect() throws SQLException {
        try (Connection connection = database.getConnection()) {
            return null;
        }
    }

    private static void sleep(CompletableFuture<Void> ending) {
        try {
            ending.get(BETWEEN_ATTEMPTS.toMillis(), TimeUnit.MILLISECONDS);
            throw end();
        } catch (TimeoutException over) {
            // the next attempt
        } catch (InterruptedException | ExecutionException interrupted) {
            throw end();
        }
    }

    private static PreventFurtherStepsException end() {
        return new PreventFurtherStepsException(128 + 15);
    }

    private static String say(SQLException failure, String said) {
        String reason = failure.getMessage().lines().findFirst().orElse("");
        if (!reason.equals(said)) {
            LOG.warnf("The database does not answer, the start waits for it: %s", reason);
        }
        return reason;
    }
}
