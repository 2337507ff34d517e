package dev.roster.platform.database;

import dev.roster.platform.error.Causes;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.AgroalDataSource.FlushMode;
import java.sql.SQLException;
import java.time.Duration;
import java.util.logging.Level;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jboss.logging.Logger;

/** Migrates the schema, and again where the database is lost meanwhile: what it had begun of a migration is rolled back. */
final class SchemaUpdate {
    private static final Logger LOG = Logger.getLogger(SchemaUpdate.class);

    private static final String READS_ONLY =
            "No server of the database takes writes, and none is needed for the start: reads are answered";

    private static final String IN_USE =
            "A table that a migration changes is in use, by a dump or a long query: tried again until it is free";

    // lock_not_available (PostgreSQL, appendix A)
    private static final String IN_USE_STATE = "55P03";
    private static final long BETWEEN_TRIES_MILLISECONDS = 3_000;
    private static final int TRIES_BETWEEN_WARNINGS = 60;

    // A field, or its filter goes with it
    private final java.util.logging.Logger steps =
            java.util.logging.Logger.getLogger("org.flywaydb.core.internal.command.DbMigrate");

    private final Flyway flyway;
    private final AgroalDataSource connections;
    private final Preparation preparation;
    private final AskingConnections asking;
    private final String session;

    SchemaUpdate(
            Flyway flyway,
            AgroalDataSource connections,
            Preparation preparation,
            AskingConnections asking,
            String session) {
        this.flyway = flyway;
        this.connections = connections;
        this.preparation = preparation;
        this.asking = asking;
        this.session = session;
        // Whoever migrates tells why it has failed, and has not yet where a table is in use
        steps.setFilter(step -> step.getLevel().intValue() < Level.SEVERE.intValue());
    }

    /**
     * Brings it up to date, or finds that nothing is to be done where no server takes writes.
     *
     * @param patience with a database that does not answer yet, and once more, from then on, with one that is lost
     * @throws SQLException why it did not answer to the end
     * @throws FlywayException if a migration fails
     * @throws io.quarkus.runtime.PreventFurtherStepsException if the process is told to end
     */
    Void update(Duration patience) throws SQLException {
        DatabaseWait<Boolean> writes = new DatabaseWait<>(preparation::takesWrites);
        Duration left = patience;
        long end = 0;
        while (end == 0 ? writes.await(left) : writes.awaitAgain(left)) {
            try {
                return new DatabaseWait<>(() -> migrate(patience)).await(Duration.ZERO);
            } catch (SQLException lost) {
                long now = System.nanoTime();
                // Counted from the first loss: a migration that ends its server ends the start as well
                end = end == 0 ? now + patience.toNanos() : end;
                if (now >= end) {
                    throw lost;
                }
                left = Duration.ofNanos(end - now);
                // Of the few that there may be, those that broke count as taken
                giveUpConnections();
                LOG.warnf("The database was lost while it was migrated: %s", reason(lost));
            }
        }
        LOG.warn(READS_ONLY);
        return null;
    }

    private Void migrate(Duration patience) {
        try (var watch = new MigrationWatch(asking, session, patience, this::giveUpConnections)) {
            watch.start();
            for (int tries = 0; !hasMigrated(); tries++) {
                if (tries % TRIES_BETWEEN_WARNINGS == 0) {
                    LOG.warn(IN_USE);
                }
                // Those that have come to wait behind it have their turn
                Thread.sleep(BETWEEN_TRIES_MILLISECONDS);
            }
            return null;
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the process was told to end", ended);
        }
    }

    /** Whether it could lock what it changes. */
    private boolean hasMigrated() {
        try {
            flyway.migrate();
            return true;
        } catch (FlywayException failure) {
            boolean inUse = Causes.of(failure)
                    .flatMap(cause -> SqlState.own(cause).stream())
                    .anyMatch(IN_USE_STATE::equals);
            if (!inUse) {
                throw failure;
            }
            return false;
        }
    }

    private void giveUpConnections() {
        connections.flush(FlushMode.ALL);
    }

    /** First lines only: the further ones show statements and values of rows. */
    static String reason(Throwable failure) {
        Throwable root = Causes.root(failure);
        String outer = Causes.firstLine(failure);
        return root == failure ? outer : outer + ": " + Causes.firstLine(root);
    }
}
