package dev.roster.platform.database;

import dev.roster.platform.settings.UnreadVariables;
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
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.microprofile.config.inject.ConfigProperty;
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

    /**
     * The place of what works in the background: after the first rows, from whose makers it would take connections, and
     * places to wait for one.
     */
    public static final int READY = DONE + 2;

    private static final int AFTER_CHECKS = DONE - 1;

    private static final Logger LOG = Logger.getLogger(Migrations.class);

    // As often as a platform asks for readiness
    private static final long LOOK_MILLISECONDS = 1_000;

    private final Flyway flyway;
    private final Vertx vertx;
    private final UnreadVariables unread;
    private final MigrationMode mode;
    private final Duration patience;
    private final String which;
    private final AtomicBoolean busy = new AtomicBoolean();
    private volatile boolean current;
    private volatile boolean waits;
    private final List<Expected> expected = new CopyOnWriteArrayList<>();
    private final AskingConnections asking;
    private final Replay replay = new Replay();
    private long looking = -1;

    Migrations(
            Flyway flyway,
            Vertx vertx,
            MigrationSettings settings,
            UnreadVariables unread,
            @ConfigProperty(name = "quarkus.datasource.jdbc.url") String url,
            @ConfigProperty(name = "quarkus.datasource.username") String username,
            @ConfigProperty(name = "quarkus.datasource.password") Optional<String> password,
            @ConfigProperty(name = "roster.embedded", defaultValue = "false") boolean embedded) {
        this.flyway = flyway;
        this.vertx = vertx;
        this.unread = unread;
        asking = new AskingConnections(url, username, password.orElse(""), "roster");
        mode = settings.mode();
        patience = settings.dbWait();
        which = embedded ? "the one in ROSTER_DATA_DIR" : "the one that ROSTER_DB_URL names";
    }

    void beforeChecks(@Observes @Priority(FIRST) StartupEvent start) {
        if (mode == MigrationMode.ONLY) {
            // It ends before others are told
            unread.tell();
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

    private record Expected(String query, List<String> values) {}

    /**
     * What else a start that migrates leaves behind: without it, this one waits for that, or for a server that takes writes.
     *
     * @param query finds a row once it is there
     */
    public void expect(String query, String... values) {
        expected.add(new Expected(query, List.of(values)));
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
            if (new DatabaseWait<>(this::takesWrites, vertx).await(patience)) {
                flyway.migrate();
            } else {
                LOG.warn(
                        "No server of the database takes writes, and none is needed for the start: reads are answered");
            }
            current = true;
        } catch (FlywayException | SQLException failure) {
            LOG.debug("Not migrated", failure);
            // The kind of failure that Quarkus shows in one line
            throw new ConfigurationException("Roster does not start, the database is not migrated: " + reason(failure)
                    + " (it is " + which + ")");
        }
    }

    /** Whether the server takes writes; fails where the start needs one that does. */
    private boolean takesWrites() throws SQLException {
        try (Connection connection = asking.open()) {
            if (!isReadOnly(connection)) {
                return true;
            }
            if (isComplete(connection)) {
                return false;
            }
        }
        throw new SQLException("no server takes writes, and there is something to bring up to date", "25006");
    }

    private static boolean isReadOnly(Connection connection) throws SQLException {
        try (PreparedStatement question = connection.prepareStatement(ServerChange.IS_READ_ONLY);
                ResultSet answer = question.executeQuery()) {
            return !answer.next() || answer.getBoolean(1);
        }
    }

    private boolean isComplete(Connection connection) throws SQLException {
        // What has been revoked is read at the start: nobody may be let in again by a standby that is yet to learn of
        // it.
        // First, also since Flyway would wait without an end for a database that says nothing
        if (!replay.isDone(connection)) {
            throw new SQLException("the standby has not replayed all that it has received", "57P03");
        }
        if (flyway.info().pending().length > 0) {
            return false;
        }
        for (Expected row : expected) {
            if (!isThere(connection, row)) {
                return false;
            }
        }
        return true;
    }

    // A look waits for a database that is away, longer than until the next one
    private void lookOnce() {
        if (busy.compareAndSet(false, true)) {
            vertx.executeBlocking(this::look);
        }
    }

    private Void look() {
        try (Connection connection = asking.open()) {
            if (isComplete(connection)) {
                vertx.cancelTimer(looking);
                current = true;
            } else if (!waits) {
                waits = true;
                LOG.warnf(
                        "Not ready: the database is not migrated yet. It is %s, and migrated by a start with"
                                + " ROSTER_MIGRATE=only or ROSTER_MIGRATE=start, which this one is not",
                        which);
            }
        } catch (FlywayException | SQLException unreachable) {
            LOG.debug("The schema is looked at again", unreachable);
        } finally {
            busy.set(false);
        }
        return null;
    }

    private static boolean isThere(Connection connection, Expected row) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(row.query())) {
            for (int i = 0; i < row.values().size(); i++) {
                statement.setString(i + 1, row.values().get(i));
            }
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
