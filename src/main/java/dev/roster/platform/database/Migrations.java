package dev.roster.platform.database;

import dev.roster.platform.settings.UnreadVariables;
import io.agroal.api.AgroalDataSource;
import io.quarkus.runtime.PreventFurtherStepsException;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.spi.ObserverMethod;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
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

    // Each waits for a connection of the pool, which takes its time where servers have just changed
    private static final int LEAST_ATTEMPTS = 5;

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
    private volatile boolean fails;
    private final Preparation preparation;
    private final SchemaUpdate schema;
    private long looking = -1;

    Migrations(
            Flyway flyway,
            AgroalDataSource connections,
            Vertx vertx,
            MigrationSession session,
            MigrationSettings settings,
            UnreadVariables unread,
            @ConfigProperty(name = "quarkus.datasource.jdbc.url") String url,
            @ConfigProperty(name = "quarkus.datasource.username") String username,
            @ConfigProperty(name = "quarkus.datasource.password") Optional<String> password,
            @ConfigProperty(name = "roster.embedded", defaultValue = "false") boolean embedded) {
        this.flyway = flyway;
        this.vertx = vertx;
        this.unread = unread;
        AskingConnections asking = new AskingConnections(url, username, password.orElse(""), "roster");
        preparation = new Preparation(flyway, asking);
        schema = new SchemaUpdate(flyway, connections, preparation, asking, session.name());
        mode = settings.mode();
        patience = settings.dbWait();
        which = embedded ? "the one in ROSTER_DATA_DIR" : "the one that ROSTER_DB_URL names";
    }

    /** Ready once the schema is there, whoever made it. */
    @Produces
    @Singleton
    @Readiness
    static HealthCheck check(Migrations migrations) {
        return () -> HealthCheckResponse.named("migrations")
                .status(migrations.isCurrent())
                .build();
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

    /**
     * What else a start that migrates leaves behind: without it, this one waits for that, or for a server that takes writes.
     *
     * @param query finds a row once it is there
     */
    public void expect(String query, String... values) {
        preparation.expect(query, values);
    }

    /** Whether the schema has everything that this version of the service needs, and maybe more. */
    public boolean isCurrent() {
        return current;
    }

    /**
     * Does what else a start does with the database before it serves, and again as long as that is away.
     *
     * @param step what can be done again, whatever became of it
     */
    public <T> T await(Supplier<Uni<T>> step) {
        return orRefuse("prepared", () -> new DatabaseWait<>(() -> attempt(step), LEAST_ATTEMPTS).await(patience));
    }

    private static <T> T attempt(Supplier<Uni<T>> step) throws Exception {
        try {
            return VertxContextSupport.subscribeAndAwait(step);
        } catch (Exception | Error failure) {
            throw failure;
        } catch (Throwable failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Ends a process that was started for the database alone. */
    public PreventFurtherStepsException end() {
        LOG.infof("The database is prepared: schema version %s", version());
        Quarkus.asyncExit(0);
        return new PreventFurtherStepsException(0);
    }

    private void migrate() {
        orRefuse("migrated", () -> schema.update(patience));
        current = true;
    }

    private interface Work<T> {
        T done() throws SQLException;
    }

    private <T> T orRefuse(String what, Work<T> work) {
        try {
            return work.done();
        } catch (SQLException | RuntimeException failure) {
            if (!(failure instanceof FlywayException || ServerChange.isTold(failure))) {
                throw (RuntimeException) failure;
            }
            LOG.debugf(failure, "Not %s", what);
            // The kind of failure that Quarkus shows in one line
            throw new ConfigurationException("Roster does not start, the database is not " + what + ": "
                    + SchemaUpdate.reason(failure) + " (it is " + which + ")");
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
            if (preparation.isComplete()) {
                vertx.cancelTimer(looking);
                current = true;
            } else if (!waits) {
                waits = true;
                LOG.warnf(
                        "Not ready: the database is not migrated yet. It is %s, and migrated by a start with"
                                + " ROSTER_MIGRATE=only or ROSTER_MIGRATE=start, which this one is not",
                        which);
            }
            fails = false;
        } catch (FlywayException | SQLException failure) {
            LOG.debug("The schema is looked at again", failure);
            // Of a database that is away others tell
            if (!fails && !ServerChange.isLoss(failure)) {
                fails = true;
                LOG.warnf(
                        "Not ready: whether the database is migrated cannot be seen: %s", SchemaUpdate.reason(failure));
            }
        } finally {
            busy.set(false);
        }
        return null;
    }

    private String version() {
        return Optional.ofNullable(flyway.info().current())
                .map(MigrationInfo::getVersion)
                .map(Object::toString)
                .orElse("none");
    }
}
