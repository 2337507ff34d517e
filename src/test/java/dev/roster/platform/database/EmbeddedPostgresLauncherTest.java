package dev.roster.platform.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.testing.Beside;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Beside
class EmbeddedPostgresLauncherTest {
    private final DatabaseLauncher launcher = new EmbeddedPostgresLauncher();

    @TempDir
    private Path folder;

    @Test
    void whenStartedAgainThenTheRowsAreThere() throws Exception {
        try (RunningDatabase database = launcher.launch(folder)) {
            execute(database, "CREATE TABLE kept AS SELECT 'a row' AS value");
            assertEquals("on", query(database, "SHOW fsync"));
            assertEquals("UTF8", query(database, "SHOW server_encoding"));
            assertEquals("127.0.0.1", query(database, "SHOW listen_addresses"));

            String refusal = assertThrows(StartRefused.class, () -> launcher.launch(folder))
                    .getMessage();
            assertTrue(refusal.startsWith("another Roster is running on the data in "), refusal);
            assertPasswordCounts(database);
        }
        try (RunningDatabase database = launcher.launch(folder)) {
            assertEquals("a row", query(database, "SELECT value FROM kept"));
        }
    }

    @Test
    void whenServiceIsKilledThenTheNextStartReplacesItsServer() throws Exception {
        Process service = ServiceToKill.start(folder);
        service.destroyForcibly().waitFor();
        Path files = folder.resolve("postgresql").toRealPath().resolve("data");
        ProcessHandle orphan = Postmaster.of(files).orElseThrow();

        try (RunningDatabase database = launcher.launch(folder)) {
            assertEquals("a row", query(database, "SELECT value FROM kept"));
            assertFalse(orphan.isAlive());
        }
    }

    @Test
    void whenFirstStartWasBrokenOffThenItIsDoneAnew() throws Exception {
        Path unfinished = folder.resolve("postgresql/data.unfinished");
        Files.createDirectories(unfinished);
        Files.writeString(unfinished.resolve("postgresql.conf"), "half of it");
        Files.createDirectories(folder.resolve("postgresql/programs/PG-torn/bin"));

        try (RunningDatabase database = launcher.launch(folder)) {
            assertEquals("1", query(database, "SELECT 1"));
        }
        assertTrue(Files.notExists(unfinished));
    }

    @Test
    void whenPostgresEndsAtOnceThenItsReasonIsSaidAtOnce() throws Exception {
        launcher.launch(folder).close();
        Path settings = folder.resolve("postgresql/data/postgresql.auto.conf");
        Files.writeString(settings, "max_wal_senders = 5\nwal_level = minimal\n");
        long start = System.nanoTime();
        String refusal =
                assertThrows(StartRefused.class, () -> launcher.launch(folder)).getMessage();
        assertTrue(
                refusal.startsWith("the embedded PostgreSQL does not start:"
                        + " WAL streaming (\"max_wal_senders\" > 0) requires \"wal_level\""),
                refusal);
        // Not the 90 seconds that a recovery may take
        Duration taken = Duration.ofNanos(System.nanoTime() - start);
        assertTrue(taken.compareTo(Duration.ofSeconds(30)) < 0, taken::toString);
    }

    @Test
    void whenFolderIsAFileThenRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        String refusal =
                assertThrows(StartRefused.class, () -> launcher.launch(file)).getMessage();
        assertEquals(
                "ROSTER_DATA_DIR must be a folder that the service can write,"
                        + " because ROSTER_DB_URL names no database: "
                        + file,
                refusal);
    }

    @Test
    void whenPasswordIsGoneThenRefused() throws IOException {
        Files.createDirectories(folder.resolve("postgresql/data"));
        String refusal =
                assertThrows(StartRefused.class, () -> launcher.launch(folder)).getMessage();
        assertTrue(refusal.startsWith("the password of the database is gone: restore "), refusal);
    }

    private static void assertPasswordCounts(RunningDatabase database) {
        var address = database.address();
        var wrong = new DatabaseAddress(address.url(), address.username(), "wrong");
        assertThrows(SQLException.class, () -> connect(wrong).close());
    }

    private static void execute(RunningDatabase database, String sql) throws SQLException {
        try (Connection connection = connect(database.address());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String query(RunningDatabase database, String sql) throws SQLException {
        try (Connection connection = connect(database.address());
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            assertTrue(rows.next());
            return rows.getString(1);
        }
    }

    private static Connection connect(DatabaseAddress address) throws SQLException {
        return DriverManager.getConnection("jdbc:" + address.url(), address.username(), address.password());
    }
}
