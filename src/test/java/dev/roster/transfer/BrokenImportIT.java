package dev.roster.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.testing.Beside;
import dev.roster.testing.Eventually;
import dev.roster.testing.KillableDatabase;
import dev.roster.testing.Replica;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Imports whose body breaks, before the packaged service: only that looks at the bytes of connections. */
@Beside
class BrokenImportIT {
    private static final int BATCH = 1000;

    /** What comes where a chunk should begin, or in the middle of one. */
    private static final List<String> ENDS = List.of(
            "zz\r\n{\"name\":\"v\"}\r\n0\r\n\r\n",
            "-1\r\n{\"name\":\"v\"}\r\n0\r\n\r\n",
            "ffffffffffffffffff\r\n{\"name\":\"v\"}",
            "5\r\n{\"name\":\"v\"}\n\r\n0\r\n\r\n",
            "400\r\n{\"name\":\"v\"}\n{\"nam",
            "4");

    private static final String STOPPED = "{\"result\":\"stopped\",\"created\":" + BATCH
            + ",\"updated\":0,\"unchanged\":0,\"deactivated\":0,\"errors\":0,\"next_line\":" + (BATCH + 1)
            + ",\"error\":{\"code\":\"invalid_request\",\"detail\":\"The chunks of the body are not those of RFC 9112.\"}}";

    @TempDir
    Path folder;

    @Test
    void whenTheBodyBreaksThenWholeBatchesStayAndTheServiceGoesOn() throws Exception {
        try (KillableDatabase database = KillableDatabase.migrated(folder.resolve("database"));
                Replica replica = Replica.start(database.url(), folder)) {
            String token = replica.adminToken();
            // More of them than an organization may have at once: each gives its place back
            for (int n = 0; n < ENDS.size(); n++) {
                breakOff(replica, token, n);
            }
            Eventually.holds(() -> replica.probe().metric("roster_db_pool_active") == 0);
            for (int n = 0; n < ENDS.size(); n++) {
                assertEquals((long) BATCH, written(database, n), ENDS.get(n));
            }
            assertEquals(0L, database.value("SELECT count(*) FROM users WHERE username = 'v'"));
            assertEquals(200, replica.status("GET", "/api/v1/users/me", token));
            assertEquals(List.of(), replica.complaints());
        }
    }

    private static void breakOff(Replica replica, String token, int n) throws IOException {
        try (ImportConnection connection = new ImportConnection(replica.port(), token)) {
            connection.send(1, BATCH, "{\"name\":\"n" + n + "u%d\"}");
            connection.send(BATCH + 1, BATCH + 20, "{\"name\":\"n" + n + "u%d\"}");
            for (int line = 1; line <= BATCH; line++) {
                String result = connection.result();
                assertTrue(result.contains("\"result\":\"created\""), result);
            }
            connection.write(ENDS.get(n));
            if (n < 4) {
                // The service ends it by itself, and says from where to go on
                assertEquals(STOPPED, connection.rest());
                assertEquals(null, connection.rest());
            }
        }
    }

    private static long written(KillableDatabase database, int n) {
        return (long) database.value("SELECT count(*) FROM users WHERE username LIKE 'n" + n + "u%'");
    }
}
