package dev.roster.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.testing.Beside;
import dev.roster.testing.Eventually;
import dev.roster.testing.Replica;
import dev.roster.testing.ReplicatedDatabase;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A primary that goes and a standby that takes over, under the packaged service and under load. */
@Beside
class FailoverIT {
    @TempDir
    Path folder;

    @Test
    void whenThePrimaryIsDemotedThenReadsGoOnAndWritesFollowTheNewOne() throws Exception {
        try (ReplicatedDatabase database = ReplicatedDatabase.migrated(folder);
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
        try (ReplicatedDatabase database = ReplicatedDatabase.migrated(folder);
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

    static void assertReads(Replica replica, String token) throws Exception {
        for (int i = 0; i < 20; i++) {
            HttpResponse<String> answer = replica.get("/api/v1/users?limit=5", token);
            assertEquals(200, answer.statusCode(), answer.body());
        }
    }

    private static void assertRecovered(Writers writers, Replica replica, ReplicatedDatabase database)
            throws Exception {
        // How soon is measured by the chaos suite
        int before = writers.acknowledged();
        Eventually.holds(() -> writers.acknowledged() > before);
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
