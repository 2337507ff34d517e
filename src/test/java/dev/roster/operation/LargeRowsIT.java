package dev.roster.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.testing.Beside;
import dev.roster.testing.RunningReplicas;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Accounts with as much metadata as there may be, read by many at once from a replica with the memory of the images. */
@Beside
class LargeRowsIT {
    private static final int ACCOUNTS = 1_000;

    @RegisterExtension
    static final RunningReplicas SERVICE = RunningReplicas.ofOne();

    private static String token;

    @BeforeAll
    static void start() throws Exception {
        token = SERVICE.one().adminToken();
        SERVICE.database()
                .execute(
                        "INSERT INTO users (organization_id, id, kind, username, username_key, display_name, role, status,"
                                + " search_text, metadata, created_at, updated_at, version)"
                                + " SELECT o.id, gen_random_uuid(), 'person', 'large' || n, 'large' || n, 'Large', 'member', 'active', ' large',"
                                + " jsonb_build_object('a', repeat(chr(65 + n % 26), 16000)), now(), now(), 0"
                                + " FROM organizations o, generate_series(1, " + ACCOUNTS
                                + ") n WHERE o.name = 'default'");
    }

    @Test
    void whenManyReadLongListsAtOnceThenAllAreAnswered() throws Exception {
        List<CompletableFuture<Void>> readers = new ArrayList<>();
        for (String path : List.of(
                "/api/v1/users?limit=1000",
                "/api/v1/users",
                "/api/v1/users/export",
                "/users?limit=1000",
                "/api/v2/users?limit=1000")) {
            for (int i = 0; i < 3; i++) {
                readers.add(CompletableFuture.runAsync(() -> assertRead(path)));
            }
        }
        CompletableFuture.allOf(readers.toArray(CompletableFuture[]::new)).join();
    }

    @Test
    void whenManyDoNotReadWhatTheyAskForThenOthersAreAnswered() throws Exception {
        List<Socket> silent = new ArrayList<>();
        try {
            for (int i = 0; i < 30; i++) {
                Socket socket = new Socket(
                        InetAddress.getLoopbackAddress(), SERVICE.one().port());
                silent.add(socket);
                String path = i % 2 == 0 ? "/api/v1/users?limit=1000" : "/api/v1/users/export";
                OutputStream out = socket.getOutputStream();
                out.write(
                        ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token + "\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                // Its first byte: the answer has begun
                InputStream in = socket.getInputStream();
                assertEquals('H', in.read());
            }
            assertRead("/api/v1/users?limit=1000");
        } finally {
            for (Socket socket : silent) {
                socket.close();
            }
        }
    }

    @Test
    void whenNamesOfFieldsAreLongAndManyThenNoneIsKept() throws Exception {
        String name = "n".repeat(45_000);
        for (int i = 0; i < 300; i++) {
            String body = "{\"" + i + name + "\": 1}";
            assertEquals(400, SERVICE.one().post("/api/v1/users", token, body).statusCode(), "request " + i);
        }
    }

    private static void assertRead(String path) {
        try {
            String body = SERVICE.one().get(path, token).body();
            assertTrue(body.length() > ACCOUNTS * 16_000, path + " ended after " + body.length());
        } catch (Exception broken) {
            throw new IllegalStateException(path, broken);
        }
    }
}
