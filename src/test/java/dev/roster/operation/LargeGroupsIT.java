package dev.roster.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roster.testing.Beside;
import dev.roster.testing.Eventually;
import dev.roster.testing.Http;
import dev.roster.testing.RunningReplicas;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Accounts in a thousand groups with much metadata, read by several at once from a replica with the memory of the manifests. */
@Beside
class LargeGroupsIT {
    private static final int HEAP_BYTES = 192 * 1024 * 1024;
    private static final String HEAP = "-Xmx" + HEAP_BYTES;
    private static final int ACCOUNTS = 50;
    private static final int GROUPS = 1_500;

    @RegisterExtension
    static final RunningReplicas SERVICE = RunningReplicas.ofOne(HEAP);

    private static String token;

    @BeforeAll
    static void start() throws Exception {
        token = SERVICE.one().adminToken();
        // One of three has as much metadata as there may be
        SERVICE.database().execute("""
                INSERT INTO groups (organization_id, id, name, display_name, sso_name, description, metadata, created_at,
                                    updated_at, version)
                SELECT o.id, gen_random_uuid(), rpad('group' || n, 63, 'p'), 'Group', 'group', repeat('d', 250),
                       jsonb_build_object('a', CASE n %% 3 WHEN 0 THEN repeat('€', 9000) ELSE repeat(chr(65 + n %% 26), 1000) END),
                       now(), now(), 0
                  FROM organizations o, generate_series(1, %d) n WHERE o.name = 'default'""".formatted(GROUPS));
        SERVICE.database().execute("""
                INSERT INTO users (organization_id, id, kind, username, username_key, display_name, role, status, search_text,
                                   created_at, updated_at, version)
                SELECT o.id, gen_random_uuid(), 'person', 'many' || n, 'many' || n, 'Many', 'member', 'active', ' many',
                       now(), now(), 0
                  FROM organizations o, generate_series(1, %d) n WHERE o.name = 'default'""".formatted(ACCOUNTS));
        SERVICE.database().execute("""
                INSERT INTO memberships (organization_id, group_id, user_id, added_at)
                SELECT u.organization_id, g.id, u.id, now()
                  FROM (SELECT *, row_number() OVER () AS n FROM users WHERE username LIKE 'many%') u,
                       (SELECT *, row_number() OVER () AS n FROM groups) g
                 WHERE (g.n + u.n) % 3 < 2""");
        SERVICE.database().execute("ANALYZE memberships");
    }

    @Test
    void whenSeveralReadLargePagesAtOnceThenAllAreAnswered() throws Exception {
        assertRead(
                3,
                "/api/v1/users?limit=100",
                "/api/v1/groups?limit=1000",
                "/api/v1/groups/export",
                "/api/v1/users/export",
                "/api/v2/users?limit=100",
                "/users?limit=100",
                "/api/v1/app/users?page_size=100");
        assertRead(1, "/api/v1/users", "/api/v1/users/me");
    }

    @Test
    void whenManyAreReadAloneAtOnceThenAllAreAnswered() throws Exception {
        List<String> paths = new ArrayList<>();
        for (int n = 1; n <= 32; n++) {
            paths.add("/api/v1/users/many" + n);
        }
        assertRead(1, paths.toArray(String[]::new));
    }

    /** Nobody pays for clients that ask for much and take nothing. */
    @Test
    void whenClientsTakeNothingThenOthersAreAnswered() throws Exception {
        List<Socket> idle = new ArrayList<>();
        try {
            for (int n = 1; n <= 60; n++) {
                idle.add(ask(n % 2 == 0 ? "/api/v1/users/many" + n % ACCOUNTS : "/api/v1/users"));
                if (n % 10 == 0) {
                    assertRead(1, "/api/v1/users/me");
                    // A large one may have to come again, until those who take nothing are ended
                    Eventually.holds(() -> status("/api/v1/users/many1").startsWith("200"));
                }
            }
            Eventually.holds(() -> waiting() > 0 && waiting() <= 2.0 * HEAP_BYTES / 8);
        } finally {
            for (Socket one : idle) {
                one.close();
            }
        }
        assertRead(1, "/api/v1/users/me");
        Eventually.holds(() -> waiting() == 0);
    }

    private static double waiting() {
        return SERVICE.one().probe().metric("roster_http_answers_bytes");
    }

    /** Sends a request whose answer nobody reads. */
    private static Socket ask(String path) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4_096);
        socket.connect(new InetSocketAddress(
                InetAddress.getLoopbackAddress(), SERVICE.one().port()));
        String request = "GET " + path + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + token + "\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static void assertRead(int times, String... paths) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(times * paths.length);
        try {
            List<CompletableFuture<String>> answers = new ArrayList<>();
            for (String path : paths) {
                for (int i = 0; i < times; i++) {
                    // Of one organization, which has fewer connections than these are: whoever waits too long comes
                    // again
                    answers.add(CompletableFuture.supplyAsync(
                            () -> Http.untilServed(() -> status(path), found -> found.startsWith("503") ? 503 : 200),
                            clients));
                }
            }
            for (CompletableFuture<String> answer : answers) {
                assertEquals("200", answer.join().substring(0, 3), answer.join());
            }
        } finally {
            clients.shutdown();
        }
        assertEquals(-1, SERVICE.one().log().indexOf("OutOfMemory"));
    }

    /** The status of an answer that is read to its end, and how long it was. */
    private static String status(String path) {
        try {
            HttpURLConnection connection = (HttpURLConnection)
                    URI.create("http://127.0.0.1:" + SERVICE.one().port() + path)
                            .toURL()
                            .openConnection();
            connection.setReadTimeout(60_000);
            connection.setRequestProperty("Authorization", "Bearer " + token);
            int status = connection.getResponseCode();
            long length = 0;
            byte[] some = new byte[65_536];
            try (InputStream answer = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
                for (int read = answer.read(some); read >= 0; read = answer.read(some)) {
                    length += read;
                }
            }
            return status + " " + path + " " + length;
        } catch (IOException broken) {
            return "broken " + path + " " + broken;
        }
    }
}
