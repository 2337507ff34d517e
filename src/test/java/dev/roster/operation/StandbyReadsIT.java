package dev.roster.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.testing.Eventually;
import dev.roster.testing.Replica;
import dev.roster.testing.ReplicatedDatabase;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lists that a standby answers, of two replicas over one primary. */
class StandbyReadsIT {
    private static final String STANDBY = "roster_db_lists_total{from=\"standby\"}";

    @TempDir
    Path folder;

    @Test
    void whenListedThenEverythingThatWasAcknowledgedIsThereWhereverItIsRead() throws Exception {
        try (ReplicatedDatabase database = new ReplicatedDatabase(folder);
                Replica writer = start(database);
                Replica reader = start(database)) {
            String token = writer.adminToken();
            Eventually.holds(() -> reader.probe().metric("roster_db_standby") == 1);
            for (int i = 0; i < 50; i++) {
                assertListed(writer, reader, token, "r%02d".formatted(i));
            }
            double read = reader.probe().metric(STANDBY);
            assertTrue(read >= 40, "the standby answered " + read);

            // One that does not come nearer
            database.standbyValue("SELECT pg_wal_replay_pause()");
            assertListed(writer, reader, token, "s-while-it-is-behind");
            double behind = reader.probe().metric(STANDBY);
            database.standbyValue("SELECT pg_wal_replay_resume()");
            Eventually.holds(() -> {
                assertListed(writer, reader, token, "t" + System.nanoTime());
                return reader.probe().metric(STANDBY) > behind;
            });

            database.closeStandby();
            assertListed(writer, reader, token, "u-when-it-is-away");
            Eventually.holds(() -> reader.probe().metric("roster_db_standby") == 0);
            assertListed(writer, reader, token, "v-when-that-is-known");
            reader.probe().await("ready");
        }
    }

    private Replica start(ReplicatedDatabase database) throws Exception {
        return Replica.start(
                database.primary().url(),
                folder,
                "roster.db.read.url=" + database.standbyUrl(),
                "roster.db.read.patience=1S");
    }

    private static void assertListed(Replica writer, Replica reader, String token, String name) {
        assertEquals(
                201,
                writer.post("/api/v1/users", token, "{\"name\":\"" + name + "\"}")
                        .statusCode());
        try {
            HttpResponse<String> listed = reader.get("/api/v1/users?limit=1000", token);
            assertEquals(200, listed.statusCode());
            assertTrue(listed.body().contains("\"" + name + "\""), name + " is missing");
        } catch (IOException | InterruptedException broken) {
            throw new IllegalStateException(broken);
        }
    }
}
