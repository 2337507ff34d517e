package dev.roster.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.testing.Beside;
import dev.roster.testing.Eventually;
import dev.roster.testing.Http;
import dev.roster.testing.KillableDatabase;
import dev.roster.testing.Replica;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Thousands of clients that hang up in the middle of everything, before the packaged service. */
@Beside
class LostClientsIT {
    private static final int POOL = 5;
    private static final int CLIENTS = 1_000;
    private static final int ROUNDS = 3;
    private static final int MOST_ROUNDS = 8;
    private static final long FIRST_NANOSECONDS = 50_000_000;

    /** A change is whole if both the account and its event are there, or neither. */
    private static final String TORN = """
            SELECT count(*) FROM (SELECT id FROM users WHERE username LIKE 'lost%') AS made
              FULL JOIN (SELECT target_id AS id FROM audit_events
                          WHERE type = 'user.created' AND target_name LIKE 'lost%') AS told USING (id)
             WHERE made IS NULL OR told IS NULL
            """;

    private static final String HELD = """
            SELECT count(*) FROM pg_stat_activity
             WHERE backend_type = 'client backend' AND state LIKE 'idle in transaction%'
            """;

    @TempDir
    static Path folder;

    @Test
    void whenClientsHangUpThenNothingIsTornLostOrMiscounted() throws Exception {
        try (KillableDatabase database = KillableDatabase.migrated(folder.resolve("database"));
                Replica replica = Replica.start(
                        database.url(), folder, "roster.db.pool.size=" + POOL, "roster.db.pool.queue=50")) {
            String token = replica.adminToken();
            for (int round = 0; round < ROUNDS || (made(database) == 0 && round < MOST_ROUNDS); round++) {
                // What nobody waits for any more is not begun: on a slow machine it takes more patience for something
                // to be made
                hangUp(replica, token, round);
            }
            Eventually.holds(() -> replica.probe().metric("roster_db_pool_active") == 0);
            Eventually.holds(() -> replica.probe().metric("roster_db_pool_waiting") == 0);
            Eventually.holds(() -> database.value(HELD).equals(0L));
            assertEquals(0L, database.value(TORN));
            assertTrue(made(database) > 0);
            assertEveryConnectionWorks(replica, token);
            assertEquals(List.of(), replica.complaints());
        }
    }

    private static long made(KillableDatabase database) {
        return (long) database.value("SELECT count(*) FROM users WHERE username LIKE 'lost%'");
    }

    private static void hangUp(Replica replica, String token, int round) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(40);
        Random moments = new Random(round);
        long longest = FIRST_NANOSECONDS << round;
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            String request = request(round * CLIENTS + i, token);
            long patience = (long) (moments.nextDouble() * longest);
            all.add(CompletableFuture.runAsync(() -> send(replica.port(), request, patience), clients));
        }
        all.forEach(CompletableFuture::join);
        clients.shutdown();
    }

    private static String request(int number, String token) {
        String body = "{\"name\":\"lost" + number + "\"}";
        return switch (number % 6) {
            case 0, 1 -> head("POST /api/v1/users", token, body);
            case 2 -> head("PATCH /api/v1/users/admin", token, "{\"display_name\":\"A" + number + "\"}");
            case 3 -> head("GET /api/v1/users", token, "");
            case 4 -> head("PATCH /api/v1/users/me/settings", token, "{\"a\":" + number + "}");
            default -> head("POST /api/v1/groups", token, "{\"name\":\"lost" + number + "\",\"members\":[\"admin\"]}");
        };
    }

    private static String head(String line, String token, String body) {
        return line + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token
                + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private static void send(int port, String request, long patience) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            // Closed by a reset, as a process that is killed does it
            socket.setOption(StandardSocketOptions.SO_LINGER, 0);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            LockSupport.parkNanos(patience);
        } catch (IOException refused) {
            // the service has closed it first
        }
    }

    private static void assertEveryConnectionWorks(Replica replica, String token) {
        List<CompletableFuture<Integer>> answers = new ArrayList<>();
        for (int i = 0; i < 4 * POOL; i++) {
            answers.add(CompletableFuture.supplyAsync(() ->
                    Http.untilServed(() -> replica.status("GET", "/api/v1/users?limit=1", token), status -> status)));
        }
        answers.forEach(answer -> assertEquals(200, answer.join()));
    }
}
