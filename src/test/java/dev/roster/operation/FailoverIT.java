package dev.roster.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.testing.Eventually;
import dev.roster.testing.Replica;
import dev.roster.testing.ReplicatedDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** A primary that goes and a standby that takes over, under the packaged service and under load. */
@Isolated("it measures times")
class FailoverIT {
    // From the moment in which the new primary takes writes, as an operator is promised
    private static final Duration RECOVERED = Duration.ofSeconds(5);

    @TempDir
    Path folder;

    @Test
    void whenThePrimaryIsDemotedThenReadsGoOnAndWritesFollowTheNewOne() throws Exception {
        try (ReplicatedDatabase database = new ReplicatedDatabase(folder);
                Replica replica = Replica.start(database.url(), folder, "roster.db.pool.size=5")) {
            String token = replica.adminToken();
            Writers writers = Writers.start(replica, token, 4);
            Eventually.holds(() -> writers.acknowledged() > 50);
            database.demotePrimary();
            Eventually.holds(() -> writers.refused() > 20);
            Eventually.holds(() -> replica.probe().metric("roster_db_writable") == 0);
            assertReads(replica, token);
            replica.probe().await("ready");
            database.promoteStandby();
            assertRecovered(writers, replica, database);
            assertReads(replica, token);
        }
    }

    @Test
    void whenThePrimaryIsKilledThenReadsGoOnAndWritesFollowTheNewOne() throws Exception {
        try (ReplicatedDatabase database = new ReplicatedDatabase(folder);
                Replica replica = Replica.start(database.url(), folder, "roster.db.pool.size=5")) {
            String token = replica.adminToken();
            String stranger = replica.send("POST", "/api/v1/service-accounts", token, "{\"name\": \"stranger\"}");
            Writers writers = Writers.start(replica, token, 4);
            Eventually.holds(() -> writers.acknowledged() > 50);
            database.primary().kill();
            Eventually.holds(() -> replica.status("GET", "/api/v1/users/admin", token) == 200);
            Eventually.holds(() -> writers.refused() > 20);
            assertReads(replica, token);
            // Failed attempts are counted in a table that a standby does not have
            assertEquals(
                    503,
                    replica.grantStatus(
                            Replica.member(stranger, "client_id"), Replica.member(stranger, "client_secret")));
            replica.probe().await("ready");
            database.promoteStandby();
            assertRecovered(writers, replica, database);
        }
    }

    @Test
    void whenStartedWhileNoServerTakesWritesThenReadyAndWaitingOnlyForWhatIsToBeWritten() throws Exception {
        try (ReplicatedDatabase database = new ReplicatedDatabase(folder)) {
            String token = migrated(database);
            database.primary().kill();
            try (Replica other = Replica.launch(database.url(), folder, "roster.migrate=off");
                    Replica replica = Replica.start(database.url(), folder)) {
                other.awaitReady();
                for (Replica reading : List.of(replica, other)) {
                    reading.probe().await("ready");
                    assertReads(reading, token);
                    HttpResponse<String> refused = reading.post("/api/v1/users", token, "{\"name\":\"refused\"}");
                    assertEquals(503, refused.statusCode(), refused.body());
                    assertTrue(refused.headers().firstValue("Retry-After").isPresent());
                    Eventually.holds(() -> reading.probe().metric("roster_db_writable") == 0);
                }
                // Not before: those that start leave the others no processor
                try (Replica waiting = Replica.launch(database.url(), folder, "roster.restored=the-moment");
                        Replica only = Replica.launch(
                                database.url(), folder, "roster.migrate=only", "roster.restored=the-moment");
                        Replica resetting = Replica.launch(database.url(), folder, "roster.admin.reset=true")) {
                    for (Replica starting : List.of(waiting, resetting, only)) {
                        Eventually.holds(() ->
                                log(starting).contains("The start waits for the database: no server takes writes"));
                    }
                    assertEquals(0, waiting.probe().status("ready"));

                    database.promoteStandby();
                    waiting.awaitReady();
                    resetting.awaitReady();
                    assertEquals(0, only.await(), only.log());
                    for (Replica writing : List.of(replica, other, waiting, resetting)) {
                        Eventually.holds(() -> writing.probe().metric("roster_db_writable") == 1);
                        writing.send(
                                "POST",
                                "/api/v1/groups",
                                writing.adminToken(),
                                "{\"name\":\"g" + writing.port() + "\"}");
                    }
                }
            }
        }
    }

    @Test
    void whenStartedOnAStandbyThatHasNotReplayedWhatItReceivedThenNobodyIsLetInAgain() throws Exception {
        try (ReplicatedDatabase database = new ReplicatedDatabase(folder)) {
            String revoked;
            try (Replica first = Replica.start(database.url(), folder)) {
                String admin = first.adminToken();
                String made = first.send(
                        "POST", "/api/v1/service-accounts", admin, "{\"name\":\"revoked\",\"role\":\"member\"}");
                revoked = first.token(Replica.member(made, "client_id"), Replica.member(made, "client_secret"));
                database.waitForStandby(false);
                database.standbyValue("SELECT pg_wal_replay_pause()");
                first.send("DELETE", "/api/v1/service-accounts/revoked", admin, "");
                Eventually.holds(() ->
                        (Boolean) database.standbyValue("SELECT pg_last_wal_receive_lsn() > pg_last_wal_replay_lsn()"));
            }
            database.primary().kill();
            try (Replica off = Replica.launch(database.url(), folder, "roster.migrate=off");
                    Replica starting = Replica.launch(database.url(), folder)) {
                Eventually.holds(() ->
                        log(starting).contains("The start waits for the database: the standby has not replayed all"));
                off.probe().await("started");
                assertEquals(0, starting.probe().status("ready"));
                off.probe().await("ready", "migrations");
                database.standbyValue("SELECT pg_wal_replay_resume()");
                for (Replica replica : List.of(off, starting)) {
                    replica.awaitReady();
                    assertEquals(401, replica.status("GET", "/api/v1/users/me", revoked));
                }
            }
        }
    }

    private String migrated(ReplicatedDatabase database) throws Exception {
        try (Replica first = Replica.start(database.url(), folder)) {
            return first.adminToken();
        }
    }

    private static String log(Replica replica) {
        try {
            return replica.log();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void assertReads(Replica replica, String token) throws Exception {
        for (int i = 0; i < 20; i++) {
            HttpResponse<String> answer = replica.get("/api/v1/users?limit=5", token);
            assertEquals(200, answer.statusCode(), answer.body());
        }
    }

    private static void assertRecovered(Writers writers, Replica replica, ReplicatedDatabase database)
            throws Exception {
        long promoted = System.nanoTime();
        int before = writers.acknowledged();
        Eventually.holds(() -> writers.acknowledged() > before);
        Duration taken = Duration.ofNanos(System.nanoTime() - promoted);
        assertTrue(taken.compareTo(RECOVERED) < 0, "recovered after " + taken);
        replica.probe().await("ready");
        assertTrue(replica.adminToken().length() > 100, "tokens are given again");
        Eventually.holds(() -> replica.probe().metric("roster_db_writable") == 1);
        Set<String> acknowledged = writers.end();
        Set<String> kept = new TreeSet<>(List.of(
                ((String) database.standbyValue("SELECT string_agg(username, ' ') FROM users WHERE username LIKE 'w%'"))
                        .split(" ", -1)));
        acknowledged.removeAll(kept);
        assertEquals(Set.of(), acknowledged, "what was acknowledged is there");
    }

    /** Clients that make accounts as long as they are told to, and remember what was acknowledged. */
    private static final class Writers {
        private final AtomicBoolean over = new AtomicBoolean();
        private final AtomicInteger acknowledged = new AtomicInteger();
        private final AtomicInteger refused = new AtomicInteger();
        private final List<CompletableFuture<Set<String>>> clients = new ArrayList<>();

        static Writers start(Replica replica, String token, int clients) {
            Writers writers = new Writers();
            for (int i = 0; i < clients; i++) {
                String prefix = "w" + i + "-";
                writers.clients.add(CompletableFuture.supplyAsync(() -> writers.write(replica, token, prefix)));
            }
            return writers;
        }

        int acknowledged() {
            return acknowledged.get();
        }

        int refused() {
            return refused.get();
        }

        Set<String> end() {
            over.set(true);
            Set<String> all = new TreeSet<>();
            clients.forEach(client -> all.addAll(client.join()));
            return all;
        }

        private Set<String> write(Replica replica, String token, String prefix) {
            Set<String> made = new TreeSet<>();
            for (int i = 0; !over.get(); i++) {
                String name = prefix + i;
                HttpResponse<String> answer = replica.post("/api/v1/users", token, "{\"name\":\"" + name + "\"}");
                if (answer.statusCode() == 201) {
                    made.add(name);
                    acknowledged.incrementAndGet();
                } else {
                    assertEquals(503, answer.statusCode(), answer.body());
                    assertTrue(answer.headers().firstValue("Retry-After").isPresent());
                    refused.incrementAndGet();
                }
            }
            return made;
        }
    }
}
