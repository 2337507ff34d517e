package dev.roster.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.testing.Beside;
import dev.roster.testing.Eventually;
import dev.roster.testing.KillableDatabase;
import dev.roster.testing.Replica;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Migrations as a step of their own, with processes of the packaged service. */
@Beside
class MigrationModeIT {
    private static final String ONLY = "roster.migrate=only";
    private static final String OFF = "roster.migrate=off";
    private static final String JSON = "roster.log.json=true";

    private static final String WAITING =
            "SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE 'roster migrates%' AND wait_event_type = 'Lock'";

    @TempDir
    static Path folder;

    @Test
    void whenOffThenNotReadyUntilAnotherProcessHasMigrated() throws Exception {
        try (KillableDatabase database = new KillableDatabase(folder.resolve("database"));
                Replica waiting = Replica.launch(database.url(), folder, OFF);
                // As in the manifests: its pods have the variables of the migration, and not its secret
                Replica resetting = Replica.launch(Map.of(), database.url(), folder, OFF, "roster.admin.reset=true")) {
            waiting.probe().await("live");
            waiting.probe().await("started");
            waiting.probe().await("ready", "migrations");
            try (Replica migrating = Replica.launch(database.url(), folder, ONLY, JSON)) {
                assertEquals(0, migrating.await(), migrating.log());
                assertFalse(JsonLog.lines(migrating).isEmpty());
            }
            waiting.probe().await("ready");
            resetting.probe().await("ready");
            assertEquals(200, waiting.status("GET", "/api/v1/users/me", waiting.adminToken()));
            Map<String, String> slip = Map.of("ROSTER_DB_URI", "postgresql://nowhere");
            try (Replica again = Replica.launch(slip, database.url(), folder, ONLY)) {
                assertEquals(0, again.await(), again.log());
                String told = "ROSTER_DB_URI (did you mean ROSTER_DB_URL?)";
                assertEquals(
                        1,
                        again.log().lines().filter(line -> line.contains(told)).count(),
                        again.log());
            }
        }
    }

    @Test
    void whenALaterVersionHasMigratedThenStartsAndServesAsBefore() throws Exception {
        try (KillableDatabase database = new KillableDatabase(folder.resolve("later"))) {
            try (Replica migrating = Replica.launch(database.url(), folder, ONLY)) {
                assertEquals(0, migrating.await(), migrating.log());
            }
            database.execute("""
                    INSERT INTO flyway_schema_history
                           (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)
                    SELECT max(installed_rank) + 1, '99999', 'later', 'SQL', 'V99999__later.sql', 1, current_user, 1, true
                      FROM flyway_schema_history
                    """);
            try (Replica before = Replica.start(database.url(), folder)) {
                assertEquals(200, before.status("GET", "/api/v1/users/me", before.adminToken()));
            }
            try (Replica before = Replica.start(database.url(), folder, OFF)) {
                assertEquals(200, before.status("GET", "/api/v1/users/me", before.adminToken()));
            }
            try (Replica migrating = Replica.launch(database.url(), folder, ONLY)) {
                assertEquals(0, migrating.await(), migrating.log());
            }
        }
    }

    /** As while a back-up is made: those who come for the table meanwhile do not wait behind the migration. */
    @Test
    void whenADumpReadsATableThatAMigrationChangesThenOthersReadItToo() throws Exception {
        try (KillableDatabase database = new KillableDatabase(folder.resolve("dumped"))) {
            Flyway.configure()
                    .dataSource("jdbc:" + database.url(), "postgres", "")
                    .target("117")
                    .load()
                    .migrate();
            try (Connection dump = database.connect();
                    Statement reading = dump.createStatement();
                    Connection other = database.connect();
                    Statement asking = other.createStatement()) {
                dump.setAutoCommit(false);
                reading.execute("SELECT FROM organizations");
                asking.execute("SET statement_timeout = '6s'");
                try (Replica migrating = Replica.launch(database.url(), folder, ONLY)) {
                    for (int round = 0; round < 2; round++) {
                        Eventually.holds(
                                () -> database.rows(WAITING).get(0).get(0).equals("1"));
                        asking.execute("SELECT FROM organizations");
                    }
                    Eventually.holds(() -> count(migrating, "is in use, by a dump or a long query") == 1);
                    dump.rollback();
                    assertEquals(0, migrating.await(), migrating.log());
                    assertEquals(0, count(migrating, "ERROR"), migrating.log());
                }
            }
        }
    }

    @Test
    void whenOffAndTheSchemaMayNotBeSeenThenSaysSoOnce() throws Exception {
        try (KillableDatabase database = new KillableDatabase(folder.resolve("hidden"))) {
            try (Replica migrating = Replica.launch(database.url(), folder, ONLY)) {
                assertEquals(0, migrating.await(), migrating.log());
            }
            database.execute("CREATE ROLE looker LOGIN");
            String looks = "quarkus.log.category.\"dev.roster.platform.database.Migrations\".level=DEBUG";
            try (Replica waiting = Replica.launch(database.url(), folder, OFF, looks, "roster.db.username=looker")) {
                Eventually.holds(() -> count(waiting, "The schema is looked at again") > 2);
                String told = "Not ready: whether the database is migrated cannot be seen: ";
                assertEquals(1, count(waiting, told), waiting.log());
                assertTrue(waiting.log().contains("permission denied"), waiting.log());
            }
        }
    }

    private static long count(Replica replica, String told) {
        try {
            return replica.log().lines().filter(line -> line.contains(told)).count();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Test
    void whenOnlyAndNoDatabaseThenEndsWithOneClearLine() throws Exception {
        try (Replica migrating = Replica.launch(
                "postgresql://127.0.0.1:1/none", folder, ONLY, "roster.db.wait=0S", "roster.embedded=false")) {
            assertEquals(1, migrating.await());
            assertTrue(migrating.log().contains("the database is not migrated"), migrating.log());
            // Without what is just being done
            assertTrue(migrating.log().contains("(it is the one that ROSTER_DB_URL names)"), migrating.log());
            assertFalse(Replica.hasStack(migrating.log()), migrating.log());
        }
    }
}
