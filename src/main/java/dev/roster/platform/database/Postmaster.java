package dev.roster.platform.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;

/** The PostgreSQL process of a database's files, found through its postmaster.pid. */
final class Postmaster {
    private static final Logger LOG = Logger.getLogger(Postmaster.class);

    /** The last checkpoint writes up to the 128 MB of shared buffers, to a slow disk at worst. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private Postmaster() {}

    /** The live process that postmaster.pid names, whatever program it is. */
    static Optional<ProcessHandle> of(Path database) throws IOException {
        Path file = pidFile(database);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        String pid = Files.readString(file).lines().findFirst().orElse("").strip();
        return pid.matches("[0-9]{1,10}")
                ? ProcessHandle.of(Long.parseLong(pid)).filter(ProcessHandle::isAlive)
                : Optional.empty();
    }

    /**
     * Stops a server that outlived the service which started it, as after {@code kill -9}; to be
     * called by the holder of the folder's lock.
     */
    static void stopOrphan(Path database) throws IOException {
        Optional<ProcessHandle> process = of(database);
        if (process.isEmpty()) {
            return;
        }
        if (isAnotherProgram(process.get())) {
            // the number was given anew, as after a power cut; PostgreSQL would refuse to start
            Files.delete(pidFile(database));
        } else if (isServerOf(database, process.get())) {
            stop(process.get());
        }
        // else some other PostgreSQL: let the server about to start decide by its own checks
    }

    /**
     * Waits until the process is gone.
     *
     * @throws StartRefused if it does not end
     */
    static void awaitEnd(ProcessHandle process) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        // onExit() looks only now and then at a process that is not a child
        while (process.isAlive()) {
            if (System.nanoTime() > deadline) {
                throw new StartRefused("PostgreSQL does not stop: end its clients, then process " + process.pid());
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    private static boolean isAnotherProgram(ProcessHandle process) {
        return process.info().command().filter(command -> !isPostgres(command)).isPresent();
    }

    private static boolean isServerOf(Path database, ProcessHandle process) {
        return process.info()
                .arguments()
                .map(arguments -> Arrays.asList(arguments).contains(database.toString()))
                // Windows tells no arguments
                .orElseGet(() ->
                        process.info().command().filter(Postmaster::isPostgres).isPresent());
    }

    private static boolean isPostgres(String command) {
        return String.valueOf(Path.of(command).getFileName()).startsWith("postgres");
    }

    private static void stop(ProcessHandle process) {
        LOG.infof("Stopping PostgreSQL that a killed service left, process %d", process.pid());
        process.destroy();
        awaitEnd(process);
    }

    private static Path pidFile(Path database) {
        return database.resolve("postmaster.pid");
    }
}
