package dev.roster.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.testing.Beside;
import dev.roster.testing.JsonAnswer;
import dev.roster.testing.KillableDatabase;
import dev.roster.testing.Replica;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An import whose service and database are killed goes on behind the last line that was answered. */
@Beside
class KilledImportIT {
    private static final int LINES = 10_000;
    private static final int BATCH = 1000;
    private static final String LINE = "{\"name\":\"u%d\",\"groups\":[\"one\"]}";

    @TempDir
    Path folder;

    @Test
    void whenKilledThenTheRestOfTheFileMakesItWholeWithNothingTwice() throws Exception {
        try (KillableDatabase database = KillableDatabase.migrated(folder.resolve("database"))) {
            int answered = killWhileImporting(database);
            database.kill();
            database.restart();
            long written = persons(database);
            assertTrue(answered > 2 * BATCH && answered <= written, answered + " answered, " + written + " written");
            assertTrue(written < LINES, "the import had ended");
            // A batch is there wholly, with everything that belongs to it, or not at all
            assertEquals(0, written % BATCH);
            assertWhole(database, written);

            try (Replica other = Replica.start(database.url(), folder);
                    ImportConnection rest = new ImportConnection(
                            other.port(),
                            other.adminToken(),
                            "?audit=accounts&results=errors&from_line=" + (answered + 1))) {
                sendAll(rest);
                JsonAnswer.assertJson(
                        rest.result(),
                        "{'result':'done','created':%d,'updated':0,'unchanged':%d,'deactivated':0,'errors':0,'next_line':%d}"
                                .formatted(LINES - written, written - answered, LINES + 1));
            }
            assertWhole(database, LINES);
        }
    }

    /** The last line that was answered. */
    private int killWhileImporting(KillableDatabase database) throws Exception {
        try (Replica replica = Replica.start(database.url(), folder)) {
            String token = replica.adminToken();
            replica.send("POST", "/api/v1/groups", token, "{\"name\":\"one\"}");
            try (ImportConnection connection = new ImportConnection(replica.port(), token, "?audit=accounts")) {
                CompletableFuture<Void> killed = new CompletableFuture<>();
                CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> sendUntilBroken(connection, killed));
                int answered = 0;
                String result = connection.result();
                while (result != null) {
                    answered++;
                    assertTrue(result.startsWith("{\"line\":" + answered + ","), result);
                    if (answered == 2 * BATCH + 1) {
                        replica.kill();
                    }
                    result = next(connection);
                }
                killed.complete(null);
                sending.join();
                return answered;
            }
        }
    }

    /** Null where the connection broke, be it within a line. */
    private static String next(ImportConnection connection) {
        try {
            String result = connection.result();
            return result == null || result.endsWith("}") ? result : null;
        } catch (IOException broken) {
            return null;
        }
    }

    // The last batch is held back until then: the import must not have ended
    private static void sendUntilBroken(ImportConnection connection, CompletableFuture<Void> killed) {
        try {
            send(connection, 1, LINES - BATCH);
            killed.join();
            send(connection, LINES - BATCH + 1, LINES);
        } catch (IOException broken) {
            // As it is to be
        }
    }

    private static void sendAll(ImportConnection connection) throws IOException {
        send(connection, 1, LINES);
        connection.end();
    }

    private static void send(ImportConnection connection, int first, int last) throws IOException {
        for (int from = first; from <= last; from += BATCH) {
            connection.send(from, from + BATCH - 1, LINE);
        }
    }

    private static long persons(KillableDatabase database) {
        return (Long) database.value("SELECT count(*) FROM users WHERE username LIKE 'u%'");
    }

    /** Each of the first persons is there once, with its group and its event, and counted. */
    private static void assertWhole(KillableDatabase database, long expected) {
        assertEquals(expected, persons(database));
        assertEquals(
                expected,
                database.value("SELECT count(*) FROM generate_series(1, " + expected + ") AS n"
                        + " JOIN users u ON u.username = 'u' || n"
                        + " JOIN memberships m ON m.organization_id = u.organization_id AND m.user_id = u.id"));
        assertEquals(
                expected + " " + expected,
                database.value("SELECT count(*) || ' ' || count(DISTINCT target_id) FROM audit_events"
                        + " WHERE type = 'user.created' AND target_name LIKE 'u%'"));
        assertEquals(
                true,
                database.value("SELECT (SELECT sum(persons) FROM user_counts)"
                        + " = (SELECT count(*) FROM users WHERE kind = 'person')"));
    }
}
