package dev.roster.revocation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.testing.Eventually;
import dev.roster.testing.KillableDatabase;
import dev.roster.testing.Replica;
import dev.roster.testing.RunningReplicas;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;

/** Access that is ended on one replica is ended on the other, whatever happens between them. */
@Isolated("it measures times")
class TwoReplicasIT {
    private static final String ME = "/api/v1/users/me";
    private static final String ACCOUNTS = "/api/v1/service-accounts";
    private static final String KEYS = "/api/v1/api-keys";
    private static final Duration AT_MOST = Duration.ofSeconds(1);

    @RegisterExtension
    static final RunningReplicas REPLICAS = RunningReplicas.ofTwo();

    private final KillableDatabase database = REPLICAS.database();
    private final Replica one = REPLICAS.one();
    private final Replica other = REPLICAS.other();

    @Test
    void whenSessionIsEndedThenRefusedOnTheOther() throws Exception {
        for (int i = 0; i < 20; i++) {
            String token = one.adminToken();
            accepted(token);
            endSessions(token);
            refusedSoon(token);
        }
        accepted(other.adminToken());
    }

    @Test
    void whenCredentialIsRotatedOrAccountDeletedThenRefusedOnTheOther() throws Exception {
        String admin = one.adminToken();
        String first = one.send("POST", ACCOUNTS, admin, "{\"name\": \"robot\"}");
        String token = token(first);
        accepted(token);
        String second = one.send("POST", ACCOUNTS + "/robot/token", admin, "{}");
        refusedSoon(token);
        String newToken = token(second);
        accepted(newToken);
        assertEquals(204, one.status("DELETE", ACCOUNTS + "/robot", admin));
        refusedSoon(newToken);
    }

    @Test
    void whenKeyIsRevokedThenRefusedOnTheOtherAndOnOneThatStartsDaysLater() throws Exception {
        String admin = one.adminToken();
        String revoked = one.send("POST", KEYS, admin, "{\"name\": \"revoked\"}");
        String kept = Replica.member(one.send("POST", KEYS, admin, "{\"name\": \"kept\"}"), "key");
        String key = Replica.member(revoked, "key");
        accepted(key);
        accepted(kept);
        String path = KEYS + "/" + Replica.member(revoked, "id");
        assertEquals(204, one.status("DELETE", path, admin));
        assertEquals(401, one.status("GET", ME, key));
        refusedSoon(key);
        database.forgetRevocations();
        try (Replica late = Replica.start(database.url(), REPLICAS.folder())) {
            assertEquals(401, late.status("GET", ME, key));
            assertEquals(200, late.status("GET", ME, kept));
        }
    }

    @Test
    void whenRoleChangesThenKeyHasItsRightsOnTheOther() throws Exception {
        String admin = one.adminToken();
        one.send("POST", ACCOUNTS, admin, "{\"name\": \"keeper\", \"role\": \"admin\"}");
        String made = one.send("POST", KEYS, admin, "{\"name\": \"k\", \"owner\": \"keeper\"}");
        String key = Replica.member(made, "key");
        answeredSoon(200, KEYS + "?all=true", key);
        for (int i = 0; i < 10; i++) {
            one.send("PATCH", ACCOUNTS + "/keeper", admin, "{\"role\": \"viewer\"}");
            answeredSoon(403, KEYS + "?all=true", key);
            one.send("PATCH", ACCOUNTS + "/keeper", admin, "{\"role\": \"admin\"}");
            answeredSoon(200, KEYS + "?all=true", key);
        }
        assertEquals(204, one.status("DELETE", ACCOUNTS + "/keeper", admin));
        answeredSoon(401, KEYS + "?all=true", key);
    }

    @Test
    void whenCredentialIsRotatedThenTheOtherGrantsNothingForTheOldOne() throws Exception {
        String admin = one.adminToken();
        String old = one.send("POST", ACCOUNTS, admin, "{\"name\": \"often\"}");
        String id = Replica.member(old, "client_id");
        String secret = Replica.member(old, "client_secret");
        String last = null;
        for (int i = 0; i < 5; i++) {
            last = other.token(id, secret);
        }
        one.send("POST", ACCOUNTS + "/often/token", admin, "{}");
        refusedSoon(last);
        assertEquals(401, other.grantStatus(id, secret));
        assertEquals(204, one.status("DELETE", ACCOUNTS + "/often", admin));
    }

    @Test
    void whenListenersAreCutThenRefusedOnTheOther() throws Exception {
        for (int i = 0; i < 10; i++) {
            String token = one.adminToken();
            accepted(token);
            database.cutListeners();
            endSessions(token);
            refusedSoon(token);
            for (int again = 0; again < 50; again++) {
                assertEquals(401, other.status("GET", ME, token));
            }
        }
    }

    @Test
    void whenDatabaseIsKilledDuringStormThenNothingRevokedIsAccepted() throws Exception {
        Map<String, String> robots = robots(8);
        String kept = robots.remove("robot-0");
        AtomicBoolean storm = new AtomicBoolean(true);
        Set<Integer> answersToKept = ConcurrentHashMap.newKeySet();
        Set<String> revoked = ConcurrentHashMap.newKeySet();
        Set<String> wronglyAccepted = ConcurrentHashMap.newKeySet();
        ExecutorService callers = Executors.newFixedThreadPool(4);
        Callable<Void> storming = () -> storm(storm, kept, answersToKept, revoked, wronglyAccepted);
        List<Future<Void>> storms = IntStream.range(0, 4)
                .mapToObj(caller -> callers.submit(storming))
                .toList();
        for (String name : robots.keySet()) {
            boolean first = revoked.isEmpty();
            if (first) {
                database.kill();
                database.restart();
            }
            delete(name);
            if (first) {
                // The second begins when the other has found the database again
                Eventually.holds(() -> other.status("GET", ME, robots.get(name)) != 503);
            }
            refusedSoon(robots.get(name));
            revoked.add(robots.get(name));
        }
        Thread.sleep(2_000);
        storm.set(false);
        for (Future<Void> caller : storms) {
            caller.get();
        }
        callers.shutdown();
        assertEquals(Set.of(), wronglyAccepted);
        assertTrue(Set.of(200, 503).containsAll(answersToKept), answersToKept.toString());
        accepted(kept);
    }

    private Void storm(
            AtomicBoolean going,
            String kept,
            Set<Integer> answersToKept,
            Set<String> revoked,
            Set<String> wronglyAccepted) {
        while (going.get()) {
            answersToKept.add(other.status("GET", ME, kept));
            for (String token : revoked) {
                if (other.status("GET", ME, token) == 200) {
                    wronglyAccepted.add(token);
                }
            }
        }
        return null;
    }

    /** Tokens of new service accounts by name, all seen by the other replica. */
    private Map<String, String> robots(int count) throws IOException {
        Map<String, String> tokens = new LinkedHashMap<>();
        String admin = one.adminToken();
        for (int i = 0; i < count; i++) {
            String name = "robot-" + i;
            String created = one.send("POST", ACCOUNTS, admin, "{\"name\": \"" + name + "\"}");
            tokens.put(name, token(created));
            accepted(tokens.get(name));
        }
        return tokens;
    }

    /** Deletes a service account, waiting for a database that is just starting. */
    private void delete(String name) throws Exception {
        Set<Integer> answers = new TreeSet<>();
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (System.nanoTime() < end) {
            try {
                int status = one.status("DELETE", ACCOUNTS + "/" + name, one.adminToken());
                if (status == 204) {
                    return;
                }
                answers.add(status);
            } catch (IllegalStateException noToken) {
                Thread.sleep(100);
            }
        }
        throw new AssertionError("not deleted: " + answers);
    }

    private String token(String created) throws IOException {
        return one.token(Replica.member(created, "client_id"), Replica.member(created, "client_secret"));
    }

    private void endSessions(String token) {
        assertEquals(204, one.status("DELETE", ME + "/sessions", token));
        assertEquals(401, one.status("GET", ME, token));
    }

    private void accepted(String token) {
        assertEquals(200, one.status("GET", ME, token));
        assertEquals(200, other.status("GET", ME, token));
    }

    private void refusedSoon(String token) {
        answeredSoon(401, ME, token);
    }

    private void answeredSoon(int wanted, String path, String token) {
        long end = System.nanoTime() + AT_MOST.toNanos();
        long begun = System.nanoTime();
        int status = other.status("GET", path, token);
        while (status != wanted) {
            // One that was begun in time may be answered later
            assertTrue(begun < end, "still answered with " + status);
            begun = System.nanoTime();
            status = other.status("GET", path, token);
        }
    }
}
