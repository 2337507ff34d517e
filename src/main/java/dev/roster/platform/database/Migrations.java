package dev.roster.platform.database;

import io.quarkus.runtime.PreventFurtherStepsException;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.ObserverMethod;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.jboss.logging.Logger;

/** Brings the schema up to date before anything reads it, or waits until another process has. */
@ApplicationScoped
public class Migrations {
    /** The place among the observers of the start of a process that is started for the database alone. */
    public static final int FIRST = 1;

    /** The place of what reads tables: after the migrations, which wrong settings of whatever kind stop before. */
    public static final int DONE = ObserverMethod.DEFAULT_PRIORITY + 101;

    private static final int AFTER_CHECKS = DONE - 1;

    private static final Logger LOG = Logger.getLogger(Migrations.class);

    // As often as a platform asks for readiness
    private static final long LOOK_MILLISECONDS = 1_000;

    private final Flyway flyway;
    private final Vertx vertx;
    private final MigrationMode mode;
    private final Duration patience;
    private final AtomicBoolean busy = new AtomicBoolean();
    private volatile boolean current;
    private volatile Expected expected;
    private long looking = -1;

    Migrations(Flyway flyway, Vertx vertx, MigrationSettings settings) {
        this.flyway = flyway;
        this.vertx = vertx;
        mode = settings.mode();
        patience = settings.patience();
    }

    void beforeChecks(@Observes @Priority(FIRST) StartupEvent start) {
        if (mode == MigrationMode.ONLY) {
            migrate();
        }
    }

    void onStart(@Observes @Priority(AFTER_CHECKS) StartupEvent start) {
        if (mode == MigrationMode.START) {
            migrate();
        } else if (mode == MigrationMode.OFF) {
            looking = vertx.setPeriodic(0, LOOK_MILLISECONDS, timer -> lookOnce());
        }
    }

    void onStop(@Observes ShutdownEvent stop) {
        vertx.cancelTimer(looking);
    }

    /** What this start does to the database. */
    public MigrationMode mode() {
        return mode;
    }

    /** A query with one text that finds a row. */
    private record Expected(String query, String name) {}

    /** What else the process that migrates leaves behind, so that this one serves when both are there. */
    public void expect(String query, String name) {
        expected = new Expected(query, name);
    }

    /** Whether the schema has everything that this version of the service needs, and maybe more. */
    public boolean isCurrent() {
        return current;
    }

    /** Ends a process that was started for the database alone. */
    public PreventFurtherStepsException end() {
        LOG.infof("The database is prepared: schema version %s", version());
        Quarkus.asyncExit(0);
        return new PreventFurtherStepsException(0);
    }

    private void migrate() {
        try {
            new DatabaseWait(flyway.getConfiguration().getDataSource(), vertx).await(patience);
            flyway.migrate();
            current = true;
        } catch (FlywayException | SQLException failure) {
            LOG.debug("Not migrated", failure);
            // The kind of failure that Quarkus shows in one line
            throw new ConfigurationException("Roster does not start, the database is not migrated: " + reason(failure));
        }
    }

    // A look waits for a database that is away, longer than until the next one
    private void lookOnce() {
        if (busy.compareAndSet(false, true)) {
            vertx.executeBlocking(this::look);
        }
    }

    private Void look() {
        try {
            if (flyway.info().pending().length == 0 && isThere(expected)) {
                vertx.cancelTimer(looking);
                current = true;
            }
        } catch (FlywayException | SQLException unreachable) {
            LOG.debug("The schema is looked at again", unreachable);
        } finally {
            busy.set(false);
        }
        return null;
    }

    private boolean isThere(Expected row) throws SQLException {
        if (row == null) {
            return true;
        }
        try (Connection connection = flyway.getConfiguration().getDataSource().getConnection();
                PreparedStatement statement = connection.prepareStatement(row.query())) {
            statement.setString(1, row.name());
            try (ResultSet found = statement.executeQuery()) {
                return found.next();
            }
        }
    }

    private String version() {
        return Optional.ofNullable(flyway.info().current())
                .map(MigrationInfo::getVersion)
                .map(Object::toString)
                .orElse("none");
    }

    /** First lines only: the further ones show statements and values of rows. */
    private static String reason(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String outer = firstLine(failure);
        return root == failure ? outer : outer + ": " + firstLine(root);
    }

    private static String firstLine(Throwable failure) {
        return String.valueOf(failure.getMessage()).strip().lines().findFirst().orElse("");
    }
}
