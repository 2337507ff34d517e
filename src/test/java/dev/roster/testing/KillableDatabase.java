package dev.roster.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;

/** A PostgreSQL server that can be killed without a word and started again at the same place. */
public class KillableDatabase implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(45);
    private static final Duration AT_LAST = Duration.ofSeconds(90);

    private final Path folder;
    private final Map<String, String> settings;
    private EmbeddedPostgres server;

    /** Starts a server over a new folder. */
    public KillableDatabase(Path folder) throws IOException {
        this(folder, Map.of());
    }

    /** Starts a server with these settings over a new folder. */
    public KillableDatabase(Path folder, Map<String, String> settings) throws IOException {
        this.folder = folder;
        this.settings = settings;
        server = startSomewhere();
    }

    /** Starts a server over a new folder, whose database is migrated and has no rows: for what is not about that. */
    public static KillableDatabase migrated(Path folder) throws IOException {
        Folders.copy(Migrated.MADE, folder);
        return new KillableDatabase(folder);
    }

    /** The folder of a server that has ended: a copy of it is there in a moment, where a new one takes some seconds. */
    private static final class Migrated {
        static final Path MADE = make();

        private static Path make() {
            try {
                Path folder = Files.createTempDirectory("roster-migrated");
                Runtime.getRuntime().addShutdownHook(new Thread(() -> Folders.delete(folder)));
                try (KillableDatabase database = new KillableDatabase(folder.resolve("database"))) {
                    Flyway.configure()
                            .dataSource("jdbc:" + database.url(), "postgres", "")
                            .load()
                            .migrate();
                }
                // It is told to end, and waited for no longer than some seconds
                Eventually.holds(() -> !Files.exists(folder.resolve("database").resolve("postmaster.pid")));
                return folder.resolve("database");
            } catch (IOException none) {
                throw new UncheckedIOException(none);
            }
        }
    }

    /** A port that was free may be another's a moment later, of whom many connect at the same time; that is not told. */
    private EmbeddedPostgres startSomewhere() throws IOException {
        try {
            return start(0, SOON);
        } catch (IOException taken) {
            return start(0, AT_LAST);
        }
    }

    /** Where it listens. */
    public int port() {
        return server.getPort();
    }

    /** Where the service finds it. */
    public String url() {
        return "postgresql://localhost:" + server.getPort() + "/postgres";
    }

    /** The rows, each as the text of its columns. */
    public List<List<String>> rows(String sql) {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            List<List<String>> rows = new ArrayList<>();
            while (found.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
                    row.add(found.getString(i));
                }
                rows.add(row);
            }
            return rows;
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** The first column of the first row; null where there is none. */
    public Object value(String sql) {
        return value(server, sql);
    }

    static Object value(EmbeddedPostgres server, String sql) {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getObject(1) : null;
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Ends the connections that revocations are heard on. */
    public void cutListeners() throws SQLException {
        execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                + " WHERE application_name = 'roster revocations'");
    }

    /** Leaves of the revocations what the cleaner leaves after some days. */
    public void forgetRevocations() throws SQLException {
        execute("DELETE FROM revocations");
    }

    /** A connection of the administrator. */
    public Connection connect() throws SQLException {
        return server.getPostgresDatabase().getConnection();
    }

    /** Runs a statement. */
    public void execute(String sql) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Kills all processes of the server. */
    public void kill() throws Exception {
        String id = Files.readAllLines(folder.resolve("postmaster.pid")).get(0);
        ProcessHandle postmaster = ProcessHandle.of(Long.parseLong(id)).orElseThrow();
        List<ProcessHandle> backends = postmaster.descendants().toList();
        postmaster.destroyForcibly();
        for (ProcessHandle backend : backends) {
            backend.destroyForcibly();
            backend.onExit().get();
        }
        postmaster.onExit().get();
    }

    /** Starts it again after it was killed. */
    public void restart() throws IOException {
        int port = server.getPort();
        server.close(); // only lets go of the folder
        server = start(port, AT_LAST);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private EmbeddedPostgres start(int port, Duration patience) throws IOException {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(folder)
                .setCleanDataDirectory(false)
                .setPGStartupWait(patience)
                // Off otherwise: a kill would undo what was committed just before
                .setServerConfig("synchronous_commit", "on")
                .setLocaleConfig("locale", "C");
        settings.forEach(builder::setServerConfig);
        return (port == 0 ? builder : builder.setPort(port)).start();
    }
}
