package dev.roster.testing;

import dev.roster.platform.database.DatabaseAddress;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The one throw-away database of a test run: embedded, or a fresh one in the server that {@code
 * ROSTER_TEST_DB_URL}, {@code ROSTER_TEST_DB_USERNAME} and {@code ROSTER_TEST_DB_PASSWORD} name, or in the Citus cluster
 * whose coordinator {@code ROSTER_TEST_CITUS_URL} names.
 */
public final class TestDatabase {

    /** Quarkus may load this class once per test profile: only system properties are common. */
    private static final String STARTED = "roster.testing.database.";

    private static final String LOG = "postgresql.log";

    /** The variable that names a Citus cluster for the tests. */
    public static final String CITUS = "ROSTER_TEST_CITUS_URL";

    private TestDatabase() {}

    /** The address, the same for the whole JVM; the first call starts the database. */
    public static DatabaseAddress address() {
        if (System.getProperty(STARTED + "url") == null) {
            DatabaseAddress address = start();
            System.setProperty(STARTED + "username", address.username());
            System.setProperty(STARTED + "password", address.password());
            System.setProperty(STARTED + "url", address.url());
        }
        return new DatabaseAddress(
                System.getProperty(STARTED + "url"),
                System.getProperty(STARTED + "username"),
                System.getProperty(STARTED + "password"));
    }

    /** Whether it is spread over the nodes of a Citus cluster. */
    public static boolean isSpread() {
        return System.getenv(CITUS) != null;
    }

    /** How many transactions PostgreSQL has ended so far that waited for each other; none of a given server is known. */
    static long deadlocks() {
        String log = System.getProperty(STARTED + "log");
        if (log == null) {
            return 0;
        }
        // What was logged before this is in the file before it
        String mark = "mark " + UUID.randomUUID();
        Database.execute("DO $$ BEGIN RAISE LOG '" + mark + "'; END $$");
        Eventually.holds(() -> lines(log, mark) > 0);
        return lines(log, "deadlock detected");
    }

    private static long lines(String log, String text) {
        try (Stream<String> lines = Files.lines(Path.of(log), StandardCharsets.ISO_8859_1)) {
            return lines.filter(line -> line.contains(text)).count();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static DatabaseAddress start() {
        try {
            String citus = System.getenv(CITUS);
            String url = System.getenv("ROSTER_TEST_DB_URL");
            return citus != null
                    ? spread(server(CITUS, citus))
                    : url == null ? embedded() : within(server("ROSTER_TEST_DB_URL", url));
        } catch (IOException | SQLException failure) {
            throw new IllegalStateException("no database for the tests", failure);
        }
    }

    private static DatabaseAddress embedded() throws IOException, SQLException {
        // Where the library looks for what a run that was killed has left
        Path folder = Files.createDirectories(Path.of(System.getProperty("java.io.tmpdir"), "embedded-pg"));
        Path data = Files.createTempDirectory(folder, "roster-test");
        System.setProperty(STARTED + "log", data.resolve("log").resolve(LOG).toString());
        // the library's defaults fit: no fsync, a temporary folder, both gone with the JVM
        EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                .setPGStartupWait(Duration.ofSeconds(90))
                .setDataDirectory(data)
                .setServerConfig("logging_collector", "on")
                .setServerConfig("log_directory", "log")
                .setServerConfig("log_filename", LOG)
                .setLocaleConfig("locale", "C")
                .start();
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE ROLE roster LOGIN");
            statement.execute("CREATE DATABASE roster OWNER roster");
        }
        String url = "postgresql://localhost:" + postgres.getPort() + "/roster";
        return new DatabaseAddress(url, "roster", "");
    }

    private static DatabaseAddress server(String variable, String url) {
        String username = System.getenv().getOrDefault("ROSTER_TEST_DB_USERNAME", "postgres");
        String password = System.getenv().getOrDefault("ROSTER_TEST_DB_PASSWORD", "");
        return DatabaseAddress.of(variable, url, username, password);
    }

    private static DatabaseAddress within(DatabaseAddress server) throws SQLException {
        String name = name();
        execute(server, "CREATE DATABASE " + name + " TEMPLATE template0 ENCODING 'UTF8'");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> drop(server, name)));
        String url = server.url().replaceFirst("/[^/?]+(\\?.*)?$", "/" + name + "$1");
        return new DatabaseAddress(url, server.username(), server.password());
    }

    private static DatabaseAddress spread(DatabaseAddress cluster) throws SQLException, IOException {
        String name = name();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                CitusDatabase.drop(cluster, name);
            } catch (SQLException failure) {
                System.err.println("The test database " + name + " is left: " + failure.getMessage());
            }
        }));
        return CitusDatabase.create(cluster, name);
    }

    private static String name() {
        return "roster_test_" + UUID.randomUUID().toString().replace("-", "");
    }

    private static void drop(DatabaseAddress server, String name) {
        try {
            execute(server, "DROP DATABASE " + name + " WITH (FORCE)");
        } catch (SQLException failure) {
            System.err.println("The test database " + name + " is left: " + failure.getMessage());
        }
    }

    private static void execute(DatabaseAddress server, String sql) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection("jdbc:" + server.url(), server.username(), server.password());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
