package dev.roster.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.testing.DatabaseProxy;
import dev.roster.testing.Eventually;
import dev.roster.testing.Replica;
import dev.roster.testing.ReplicatedDatabase;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Lists that a standby answers, of two replicas over one primary. */
@Isolated("a second without an answer counts")
class StandbyReadsIT {
    private static final String MISS = "does not answer, lists are read without it";
    private static final String STANDBY = "roster_db_lists_total{from=\"standby\"}";

    // That of the pool, unless it is told otherwise
    private static final Duration SILENCE = Duration.ofSeconds(10);

    @TempDir
    Path folder;

    @Test
    void whenListedThenEverythingThatWasAcknowledgedIsThereWhereverItIsRead() throws Exception {
        try (ReplicatedDatabase database = ReplicatedDatabase.migrated(folder);
                Replica writer = start(database);
                Replica reader = start(database)) {
            String token = writer.adminToken();
            double read;
            int misses;
            int tries = 0;
            do {
                // Once more where the machine has stood still for a second: then the standby is left alone for longer
                misses = count(reader, MISS);
                Eventually.holds(() -> reader.probe().metric("roster_db_standby") == 1);
                double before = reader.probe().metric(STANDBY);
                for (int i = 0; i < 50; i++) {
                    assertListed(writer, reader, token, "r" + System.nanoTime());
                }
                read = reader.probe().metric(STANDBY) - before;
            } while (count(reader, MISS) != misses && ++tries < 5);
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

    @Test
    void whenAStandbyIsSilentThenEveryListHasItsEndAndItIsLeftAloneUntilItAnswersSteadily() throws Exception {
        try (ReplicatedDatabase database = ReplicatedDatabase.migrated(folder);
                DatabaseProxy proxy = new DatabaseProxy("localhost", database.standbyPort());
                Replica replica = start(database, "postgresql://localhost:" + proxy.port() + "/postgres")) {
            String token = replica.adminToken();
            Eventually.holds(() -> replica.probe().metric("roster_db_standby") == 1);
            list(replica, token);

            // It takes connections, and answers nothing
            proxy.hang();
            list(replica, token);
            Eventually.holds(() -> replica.probe().metric("roster_db_standby") == 0);
            assertListed(replica, replica, token, "while-it-hangs");
            proxy.restore();
            assertReturns(replica, token);

            // New connections work, and those of the pool do not
            proxy.forget();
            list(replica, token);
            Eventually.holds(() -> replica.probe().metric("roster_db_standby") == 0);
            assertReturns(replica, token);
            // More than twice where the machine has stood still for a second
            int misses = count(replica, MISS);
            assertTrue(misses >= 2, "left alone " + misses + " times");
            assertEquals(misses + 1, count(replica, "answers lists"));
        }
    }

    private static int count(Replica replica, String message) throws IOException {
        return replica.log().split(message, -1).length - 1;
    }

    /** It is asked again, and goes on to be; once more where the machine has stood still for a second. */
    private static void assertReturns(Replica replica, String token) throws IOException {
        for (int tries = 0; !isBack(replica, token); tries++) {
            assertTrue(tries < 5, "left alone again each time");
        }
    }

    private static boolean isBack(Replica replica, String token) throws IOException {
        double before = replica.probe().metric(STANDBY);
        Eventually.holds(() -> {
            list(replica, token);
            return replica.probe().metric(STANDBY) > before;
        });
        int misses = count(replica, MISS);
        list(replica, token);
        return replica.probe().metric("roster_db_standby") == 1 && count(replica, MISS) == misses;
    }

    /** Several at once, so that there are as many connections. */
    private static void list(Replica replica, String token) {
        List<CompletableFuture<Void>> lists = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            lists.add(CompletableFuture.runAsync(() -> {
                long begin = System.nanoTime();
                try {
                    assertEquals(
                            200, replica.get("/api/v1/users?limit=3", token).statusCode());
                } catch (IOException | InterruptedException broken) {
                    throw new IllegalStateException(broken);
                }
                Duration taken = Duration.ofNanos(System.nanoTime() - begin);
                assertTrue(taken.compareTo(SILENCE) < 0, "a list took " + taken);
            }));
        }
        lists.forEach(CompletableFuture::join);
    }

    private Replica start(ReplicatedDatabase database) throws Exception {
        return start(database, database.standbyUrl());
    }

    private Replica start(ReplicatedDatabase database, String standby) throws Exception {
        return Replica.start(
                database.primary().url(), folder, "roster.db.read.url=" + standby, "roster.db.read.patience=1S");
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
