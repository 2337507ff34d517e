package dev.roster.platform.database;

import io.quarkus.runtime.ApplicationLifecycleManager;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * Closes a database when Quarkus has ended, for whatever reason: the JVM runs all shutdown hooks at
 * once, so a hook alone would pull it away from requests still being answered.
 */
final class ClosingLast {

    /** Longer than Quarkus and PostgreSQL take to stop; then rather an unclean end than none. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final CountDownLatch ended = new CountDownLatch(1);

    private volatile boolean ending;

    private ClosingLast() {}

    /** Starts a database that is closed last, even if the process is told to end meanwhile. */
    static RunningDatabase of(Supplier<RunningDatabase> start) {
        ClosingLast last = new ClosingLast();
        Runtime.getRuntime().addShutdownHook(new Thread(last::awaitEnd, "embedded database"));
        try {
            RunningDatabase database = start.get();
            if (last.ending) {
                database.close();
                throw new StartRefused("the process was told to end");
            }
            last.closeAfterQuarkus(database);
            return database;
        } catch (RuntimeException failure) {
            last.ended.countDown();
            throw failure;
        }
    }

    private void closeAfterQuarkus(RunningDatabase database) {
        BiConsumer<Integer, Throwable> exit = ApplicationLifecycleManager.getDefaultExitCodeHandler();
        ApplicationLifecycleManager.setDefaultExitCodeHandler((code, failure) -> {
            try {
                database.close();
                // a live reload in development runs main again in this JVM
                System.clearProperty("roster.db.url");
            } finally {
                ended.countDown();
            }
            exit.accept(code, failure);
        });
    }

    private void awaitEnd() {
        ending = true;
        try {
            if (!ended.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                System.err.println("The embedded database was not stopped in time");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
