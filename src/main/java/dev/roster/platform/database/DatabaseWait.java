package dev.roster.platform.database;

import dev.roster.platform.error.Causes;
import io.quarkus.runtime.PreventFurtherStepsException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/**
 * Waits at the start for a database that starts together with the service: until it answers as is needed, the patience
 * ends, or the process is told to end.
 */
final class DatabaseWait<T> {
    private static final Logger LOG = Logger.getLogger(DatabaseWait.class);

    private static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(1);

    private final Callable<T> question;
    private final int least;

    /**
     * A wait for the answer to a question.
     *
     * @param question fails with an {@link SQLException} as long as there is none, or as it does without a server
     */
    DatabaseWait(Callable<T> question) {
        this(question, 1);
    }

    /**
     * A wait for the answer to a question that may need some attempts, however little patience there is.
     *
     * @param least attempts
     */
    DatabaseWait(Callable<T> question, int least) {
        this.question = question;
        this.least = least;
    }

    /**
     * The answer, as soon as there is one.
     *
     * @throws SQLException why there was none to the end
     * @throws PreventFurtherStepsException if the process is told to end
     */
    T await(Duration patience) throws SQLException {
        return await(patience, false);
    }

    /** The answer after one that was lost: the first attempt comes as long after that as any other. */
    T awaitAgain(Duration patience) throws SQLException {
        return await(patience, true);
    }

    private T await(Duration patience, boolean again) throws SQLException {
        CompletableFuture<Void> ending = new CompletableFuture<>();
        // Quarkus' own hook waits for the end of the start first
        Thread hook = new Thread(() -> ending.complete(null), "end-of-wait");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return await(patience, again, ending);
        } finally {
            if (!ending.isDone()) {
                Runtime.getRuntime().removeShutdownHook(hook);
            }
        }
    }

    private T await(Duration patience, boolean again, CompletableFuture<Void> ending) throws SQLException {
        long end = System.nanoTime() + patience.toNanos();
        String said = "";
        if (again) {
            sleep(ending);
        }
        for (int attempts = 1; ; attempts++) {
            try {
                return attempt(ending);
            } catch (SQLException failure) {
                if (System.nanoTime() >= end && attempts >= least) {
                    throw failure;
                }
                said = say(failure, said);
                sleep(ending);
            }
        }
    }

    // On a thread that the end need not wait for; not one of Vert.x, which warns of those that take their time
    private T attempt(CompletableFuture<Void> ending) throws SQLException {
        CompletableFuture<T> attempt = new CompletableFuture<>();
        Thread asking = new Thread(() -> answer(attempt), "database-wait");
        asking.setDaemon(true);
        asking.start();
        try {
            CompletableFuture.anyOf(attempt, ending).get();
        } catch (ExecutionException failure) {
            throw passing(failure.getCause());
        } catch (InterruptedException interrupted) {
            throw end();
        }
        if (ending.isDone()) {
            throw end();
        }
        return attempt.join();
    }

    private void answer(CompletableFuture<T> attempt) {
        try {
            attempt.complete(question.call());
        } catch (Throwable failure) {
            attempt.completeExceptionally(failure);
        }
    }

    /** Whatever says that the database is away; anything else ends the wait. */
    private static SQLException passing(Throwable failure) {
        if (failure instanceof SQLException reason) {
            return reason;
        }
        if (failure instanceof Error broken) {
            throw broken;
        }
        if (ServerChange.isPassing(failure)) {
            return new SQLException(failure.getMessage(), failure);
        }
        throw failure instanceof RuntimeException other ? other : new IllegalStateException(failure);
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
        String reason = Causes.firstLine(failure);
        if (!reason.equals(said)) {
            LOG.warnf("The start waits for the database: %s", reason);
        }
        return reason;
    }
}
