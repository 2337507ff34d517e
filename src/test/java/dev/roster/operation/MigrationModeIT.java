package dev.roster.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.roster.testing.KillableDatabase;
import dev.roster.testing.Replica;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Migrations as a step of their own, with processes of the packaged service. */
class MigrationModeIT {
    private static final String ONLY = "roster.migrate=only";
    private static final String OFF = "roster.migrate=off";
    private static final String JSON = "roster.log.json=true";
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir static Path folder;

    @Test
    void whenOffThenNotReadyUntilAnotherProcessHasMigrated() throws Exception {
        try (KillableDatabase database = new KillableDatabase(folder.resolve("database"));
                Replica waiting = Replica.launch(database.url(), folder, OFF)) {
            awaitLive(waiting);
            assertEquals(503, waiting.health("ready"));
            try (Replica migrating = Replica.launch(database.url(), folder, ONLY, JSON)) {
                assertEquals(0, migrating.await(), migrating.log());
                assertAllJson(migrating.log());
            }
            waiting.awaitReady();
            assertEquals(200, waiting.status("GET", "/api/v1/users/me", waiting.adminToken()));
            try (Replica again = Replica.launch(database.url(), folder, ONLY)) {
                assertEquals(0, again.await(), again.log());
            }
        }
    }

    @Test
    void whenOnlyAndNoDatabaseThenEndsWithOneClearLine() throws Exception {
        try (Replica migrating =
                Replica.launch(
                        "postgresql://127.0.0.1:1/none",
                        folder,
                        ONLY,
                        "quarkus.flyway.connect-retries=0")) {
            assertEquals(1, migrating.await());
            assertTrue(migrating.log().contains("the database is not migrated"), migrating.log());
            assertFalse(migrating.log().contains("\tat "), migrating.log());
        }
    }

    private static void assertAllJson(String log) throws IOException {
        List<String> lines = log.lines().filter(line -> line.startsWith("{")).toList();
        assertFalse(lines.isEmpty());
        for (String line : lines) {
            JsonNode entry = new ObjectMapper().readTree(line);
            assertTrue(entry.hasNonNull("timestamp"), line);
            assertTrue(entry.hasNonNull("level"), line);
            assertTrue(entry.hasNonNull("message"), line);
        }
    }

    private static void awaitLive(Replica replica) throws Exception {
        long end = System.nanoTime() + SOON.toNanos();
        while (replica.health("live") != 200) {
            assertTrue(System.nanoTime() < end, "not live:\n" + replica.log());
            Thread.sleep(100);
        }
    }
}
