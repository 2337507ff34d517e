package dev.roster.platform.database;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roster.testing.Beside;
import dev.roster.testing.Eventually;
import dev.roster.testing.KillableDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Replicas of the version before go on writing while a migration runs. */
@Beside
class MigrationsBesideWritersTest {
    private static final String BEFORE = "115";

    private static final String WAITING = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'";

    @TempDir
    static Path folder;

    @Test
    void whenAWriterHoldsARowOfATableThenBothItAndTheMigrationsEnd() throws Exception {
        try (KillableDatabase database = new KillableDatabase(folder.resolve("database"))) {
            flyway(database).target(BEFORE).load().migrate();
            database.execute("""
                    INSERT INTO organizations (id, name, display_name, created_at, updated_at, version)
                    VALUES (gen_random_uuid(), 'a', 'A', now(), now(), 0);
                    INSERT INTO users (organization_id, id, kind, username, username_key, display_name, role, status, search_text,
                                       created_at, updated_at, version)
                    SELECT o.id, gen_random_uuid(), 'person', 'ada', 'ada', 'Ada', 'member', 'active', '', now(), now(), 0
                      FROM organizations o""");
            try (Connection writer = database.connect();
                    Connection holder = database.connect();
                    Statement writing = writer.createStatement();
                    Statement holding = holder.createStatement()) {
                writer.setAutoCommit(false);
                writing.execute("SELECT FROM users WHERE username = 'ada' FOR UPDATE");
                // Until the writer wants to write, as if the indexes took that long
                holder.setAutoCommit(false);
                holding.execute("LOCK TABLE users IN ROW EXCLUSIVE MODE");
                CompletableFuture<Void> migrated =
                        CompletableFuture.runAsync(() -> flyway(database).load().migrate());
                Eventually.holds(() -> database.rows(WAITING).get(0).get(0).equals("1"));
                CompletableFuture<Void> written = CompletableFuture.runAsync(() -> write(writer, writing));
                Eventually.holds(() -> database.rows(WAITING).get(0).get(0).equals("2"));
                holder.rollback();
                written.get();
                migrated.get();
                assertEquals(0, flyway(database).load().info().pending().length);
            }
        }
    }

    /** It ends for who waits longer than {@code deadlock_timeout}, and would go on for minutes here. */
    @Test
    void whenATableIsVacuumedThenThatEndsForTheMigration() throws Exception {
        Map<String, String> throttled = Map.of(
                "autovacuum_naptime", "1s",
                "autovacuum_vacuum_threshold", "1",
                "autovacuum_vacuum_cost_delay", "100ms",
                "autovacuum_vacuum_cost_limit", "1");
        try (KillableDatabase database = new KillableDatabase(folder.resolve("vacuumed"), throttled)) {
            flyway(database).target("117").load().migrate();
            database.execute("""
                    INSERT INTO organizations (id, name, display_name, created_at, updated_at, version)
                    SELECT gen_random_uuid(), 'o' || n, repeat('O', 150), now(), now(), 0 FROM generate_series(1, 20000) n;
                    DELETE FROM organizations""");
            Eventually.holds(() -> !database.rows(
                            "SELECT FROM pg_stat_progress_vacuum" + " WHERE relid = CAST('organizations' AS regclass)")
                    .isEmpty());
            FluentConfiguration migrating = flyway(database);
            new MigrationSession().customize(migrating);
            // The vacuum may take longer to end than the rest of the wait; with a shorter one it would never be told to
            Eventually.holds(() -> hasMigrated(migrating.load()));
            assertEquals(0, flyway(database).load().info().pending().length);
        }
    }

    private static boolean hasMigrated(Flyway flyway) {
        try {
            flyway.migrate();
            return true;
        } catch (FlywayException inUse) {
            return false;
        }
    }

    private static void write(Connection writer, Statement writing) {
        try {
            writing.execute("UPDATE users SET version = version + 1 WHERE username = 'ada'");
            writer.commit();
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static FluentConfiguration flyway(KillableDatabase database) {
        return Flyway.configure().dataSource("jdbc:" + database.url(), "postgres", "");
    }
}
