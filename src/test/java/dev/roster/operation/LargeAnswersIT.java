package dev.roster.operation;

import static dev.roster.testing.Http2Frames.DATA;
import static dev.roster.testing.Http2Frames.END_HEADERS;
import static dev.roster.testing.Http2Frames.END_STREAM;
import static dev.roster.testing.Http2Frames.HEADERS;
import static dev.roster.testing.Http2Frames.frame;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.testing.Beside;
import dev.roster.testing.Eventually;
import dev.roster.testing.Http;
import dev.roster.testing.Http2Frames;
import dev.roster.testing.RunningReplicas;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One account whose answer has a megabyte and more, asked for many times at once from a replica with little memory. */
@Beside
class LargeAnswersIT {
    private static final int HEAP_BYTES = 192 * 1024 * 1024;
    private static final String LARGE = "/api/v1/users/large";
    private static final String LIST = "/api/v1/groups";
    private static final String SMALL = "/api/v1/users/small";

    @RegisterExtension
    static final RunningReplicas SERVICE = RunningReplicas.ofOne("-Xmx" + HEAP_BYTES);

    private static String token;

    private final List<Socket> idle = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        token = SERVICE.one().adminToken();
        SERVICE.database().execute("""
                INSERT INTO groups (organization_id, id, name, display_name, sso_name, description, metadata, created_at,
                                    updated_at, version)
                SELECT o.id, gen_random_uuid(), 'group' || n, 'Group', 'group', '', jsonb_build_object('a', repeat('d', 20000)),
                       now(), now(), 0
                  FROM organizations o, generate_series(1, 120) n WHERE o.name = 'default'""");
        SERVICE.database().execute("""
                INSERT INTO users (organization_id, id, kind, username, username_key, display_name, role, status, search_text,
                                   created_at, updated_at, version)
                SELECT o.id, gen_random_uuid(), 'person', n, n, n, 'member', 'active', ' ' || n, now(), now(), 0
                  FROM organizations o, unnest(ARRAY['large', 'small']) n WHERE o.name = 'default'""");
        SERVICE.database().execute("""
                INSERT INTO memberships (organization_id, group_id, user_id, added_at)
                SELECT u.organization_id, g.id, u.id, now() FROM users u, groups g WHERE u.username = 'large'""");
        assertTrue(read(LARGE).length() > 1_000_000);
    }

    @AfterEach
    void nothingIsHeldForThoseWhoAreGone() throws Exception {
        for (Socket one : idle) {
            one.close();
        }
        Eventually.holds(() -> waiting() == 0);
        Eventually.holds(() -> status(LARGE) == 200);
        assertEquals(-1, SERVICE.one().log().indexOf("OutOfMemory"));
    }

    /** What waits for a window of a stream waits in no buffer of the connection. */
    @Test
    void whenStreamsAreNeverTakenThenOthersAreAnswered() throws Exception {
        for (int connection = 0; connection < 2; connection++) {
            Socket socket = connectToStreams();
            for (int stream = 1; stream < 200; stream += 2) {
                socket.getOutputStream().write(frame(HEADERS, END_STREAM | END_HEADERS, stream, request(LARGE)));
            }
            assertOthersAreAnswered();
        }
    }

    @Test
    void whenListsOverStreamsAreNeverTakenThenTheyCountAndOthersAreAnswered() throws Exception {
        askForLists(10);
        Eventually.holds(() -> waiting() > 1_000_000);
        for (int connection = 0; connection < 2; connection++) {
            askForLists(100);
            assertOthersAreAnswered();
        }
    }

    private void askForLists(int streams) throws Exception {
        Socket socket = connectToStreams();
        for (int stream = 1; stream < 2 * streams; stream += 2) {
            socket.getOutputStream().write(frame(HEADERS, END_STREAM | END_HEADERS, stream, request(LIST)));
        }
    }

    @Test
    void whenWhatChangesTellIsNeverTakenThenOthersAreAnswered() throws Exception {
        Socket socket = connectToStreams();
        byte[] change = "{\"display_name\":\"large\"}".getBytes(StandardCharsets.US_ASCII);
        for (int stream = 1; stream < 10; stream += 2) {
            socket.getOutputStream().write(frame(HEADERS, END_HEADERS, stream, patch()));
            socket.getOutputStream().write(frame(DATA, END_STREAM, stream, change));
        }
        Eventually.holds(() -> waiting() > 1_000_000);
        assertOthersAreAnswered();
    }

    @Test
    void whenConnectionsTakeNothingThenOthersAreAnswered() throws Exception {
        for (int n = 0; n < 300; n++) {
            String request = "GET " + LARGE + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + token + "\r\n\r\n";
            connect().getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        }
        assertOthersAreAnswered();
    }

    @Test
    void whenManyAskAtOnceThenEachIsAnsweredOrToldToComeAgain() throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(150);
        try {
            List<CompletableFuture<Integer>> answers = new ArrayList<>();
            for (int n = 0; n < 150; n++) {
                answers.add(CompletableFuture.supplyAsync(() -> status(LARGE), clients));
            }
            for (int n = 0; n < 40; n++) {
                answers.add(CompletableFuture.completedFuture(status(SMALL)));
                Thread.sleep(50);
            }
            List<Integer> others = answers.stream()
                    .map(CompletableFuture::join)
                    .filter(status -> status != 200 && status != 503)
                    .toList();
            assertEquals(List.of(), others);
            assertOthersAreAnswered();
        } finally {
            clients.shutdown();
        }
    }

    private static void assertOthersAreAnswered() throws Exception {
        // Whoever comes while the database still reads what was asked for may be told to come again
        for (int n = 0; n < 40; n++) {
            assertEquals(200, Http.untilServed(() -> status(SMALL), status -> status));
            Thread.sleep(50);
        }
    }

    private static double waiting() {
        return SERVICE.one().probe().metric("roster_http_answers_bytes");
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket();
        idle.add(socket);
        socket.setReceiveBufferSize(4_096);
        socket.connect(new InetSocketAddress(
                InetAddress.getLoopbackAddress(), SERVICE.one().port()));
        return socket;
    }

    private Socket connectToStreams() throws IOException {
        Socket socket = connect();
        socket.getOutputStream().write(Http2Frames.preface());
        return socket;
    }

    private static byte[] request(String path) {
        return Http2Frames.head("GET", path, "authorization", "Bearer " + token);
    }

    private static byte[] patch() {
        return Http2Frames.head("PATCH", LARGE, "authorization", "Bearer " + token, "content-type", "application/json");
    }

    /** The status of an answer that is read to its end; 0 where it is broken. */
    private static int status(String path) {
        try {
            HttpURLConnection connection = open(path);
            int status = connection.getResponseCode();
            try (InputStream answer = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
                answer.transferTo(OutputStream.nullOutputStream());
            }
            return status;
        } catch (IOException broken) {
            return 0;
        }
    }

    private static String read(String path) throws IOException {
        try (InputStream answer = open(path).getInputStream()) {
            return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static HttpURLConnection open(String path) throws IOException {
        HttpURLConnection connection = (HttpURLConnection)
                URI.create("http://127.0.0.1:" + SERVICE.one().port() + path)
                        .toURL()
                        .openConnection();
        connection.setReadTimeout(60_000);
        connection.setRequestProperty("Authorization", "Bearer " + token);
        return connection;
    }
}
