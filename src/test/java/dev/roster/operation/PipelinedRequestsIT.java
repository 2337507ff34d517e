package dev.roster.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.caller.Role;
import dev.roster.testing.Eventually;
import dev.roster.testing.Http;
import dev.roster.testing.RawHttp;
import dev.roster.testing.TestOrganization;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.restassured.RestAssured;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Requests that come over a connection before those in front of them are answered (RFC 9112 section 9.3.2). */
@QuarkusIntegrationTest
class PipelinedRequestsIT {
    private static final String LARGE = "GET /q/openapi/roster-v1 HTTP/1.1\r\nHost: x\r\n";
    private static final String LAST = "GET /oauth2/jwks HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 (\\d+) ");

    // More than the buffers of both kernels have
    private static final int MUCH = 64 * 1024 * 1024;

    private static final int MANY = 50;
    private static final int EACH = 2_000;

    private static final Duration PATIENCE = Duration.ofSeconds(3);

    @Test
    void whenNothingIsReadThenNoMoreIsTakenAndNothingIsLost() throws Exception {
        byte[] request = (LARGE + "A: " + "a".repeat(15_000) + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        try (SocketChannel client = SocketChannel.open()) {
            client.setOption(StandardSocketOptions.SO_RCVBUF, 4_096);
            client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), RestAssured.port));
            client.configureBlocking(false);
            ByteBuffer rest = ByteBuffer.wrap(request);
            int requests = 0;
            int written = 0;
            long since = System.nanoTime();
            while (System.nanoTime() - since < PATIENCE.toNanos()) {
                int now = client.write(rest);
                written += now;
                if (now > 0) {
                    since = System.nanoTime();
                } else {
                    Thread.sleep(20);
                }
                if (!rest.hasRemaining()) {
                    requests++;
                    rest.clear();
                }
                assertTrue(written < MUCH, "all is taken, however much waits");
            }
            client.configureBlocking(true);
            Socket socket = client.socket();
            socket.setSoTimeout(60_000);
            int expected = requests + 2;
            Thread last = new Thread(() -> write(client, rest));
            last.start();
            List<String> statuses = statuses(socket.getInputStream());
            last.join();
            assertEquals(IntStream.range(0, expected).mapToObj(n -> "200").toList(), statuses);
        }
    }

    /** Each step of what others ask for, of which the database has several, would wait until all of them were answered. */
    @Test
    void whenManyConnectionsHaveManyThenOthersHaveTheirTurns() throws Exception {
        HttpRequest change = Http.request(
                TestOrganization.create().token(Role.ADMIN),
                "PATCH",
                "/api/v1/users/me/settings",
                "{\"theme\":\"dark\"}");
        // Large answers first: their bytes are cause to go on as well as their end
        byte[] burst = ((LARGE + "\r\n").repeat(8) + "GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n".repeat(EACH))
                .getBytes(StandardCharsets.US_ASCII);
        AtomicInteger answered = new AtomicInteger();
        ExecutorService clients = Executors.newFixedThreadPool(MANY);
        List<Socket> connections = new ArrayList<>();
        try {
            for (int n = 0; n < MANY; n++) {
                Socket connection = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port);
                connections.add(connection);
                clients.execute(() -> count(connection, burst, answered));
            }
            Eventually.holds(() -> answered.get() > MANY);
            assertEquals(200, Http.send(change).statusCode());
            assertTrue(answered.get() < MANY * EACH / 2, answered + " were answered before");
        } finally {
            for (Socket connection : connections) {
                connection.close();
            }
            clients.shutdownNow();
        }
    }

    private static void count(Socket connection, byte[] burst, AtomicInteger answered) {
        try {
            connection.getOutputStream().write(burst);
            InputStream answers = new BufferedInputStream(connection.getInputStream());
            while (RawHttp.next(answers).status() < 500) {
                answered.incrementAndGet();
            }
        } catch (IOException closed) {
            // when all have been answered, or the test is over
        }
    }

    @Test
    void whenManyComeAtOnceThenAllAreAnsweredInTheirOrder() throws Exception {
        StringBuilder requests = new StringBuilder();
        List<String> expected = new ArrayList<>();
        for (int n = 0; n < 40; n++) {
            requests.append("GET /oauth2/jwks HTTP/1.1\r\nHost: x\r\n\r\n");
            requests.append("POST /oauth2/token HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n")
                    .append("Content-Type: application/x-www-form-urlencoded\r\n\r\na=b&c");
            requests.append("GET /api/v1/users HTTP/1.1\r\nHost: x\r\n\r\n");
            requests.append("GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n");
            expected.addAll(List.of("200", "400", "401", "404"));
        }
        expected.add("200");
        byte[] all = (requests + LAST).getBytes(StandardCharsets.US_ASCII);
        for (int piece : new int[] {all.length, 1_000, 7}) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port)) {
                socket.setSoTimeout(60_000);
                socket.setTcpNoDelay(true);
                for (int from = 0; from < all.length; from += piece) {
                    socket.getOutputStream().write(all, from, Math.min(piece, all.length - from));
                }
                assertEquals(expected, statuses(socket.getInputStream()));
            }
        }
    }

    @Test
    void whenTheConnectionStaysOpenThenEachIsAnsweredNevertheless() throws Exception {
        String small = "GET /oauth2/jwks HTTP/1.1\r\nHost: x\r\n\r\n";
        String refused = "GET /api/v1/users HTTP/1.1\r\nHost: x\r\n\r\n";
        String form = "POST /oauth2/token HTTP/1.1\r\nHost: x\r\nContent-Length: 29\r\n"
                + "Content-Type: application/x-www-form-urlencoded\r\n\r\ngrant_type=client_credentials";
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port)) {
            socket.setSoTimeout(20_000);
            String large = LARGE + "\r\n";
            for (List<String> requests : List.of(
                    List.of(small, small),
                    List.of(small, refused),
                    List.of(small, large),
                    List.of(large, large, small),
                    List.of(refused, form, small))) {
                socket.getOutputStream().write(String.join("", requests).getBytes(StandardCharsets.US_ASCII));
                for (String request : requests) {
                    int expected = request.equals(refused) || request.equals(form) ? 401 : 200;
                    RawHttp.Answer answer = RawHttp.next(socket.getInputStream());
                    assertEquals(expected, answer.status(), request);
                }
            }
        }
    }

    private static void write(SocketChannel client, ByteBuffer rest) {
        try {
            ByteBuffer last = ByteBuffer.wrap(LAST.getBytes(StandardCharsets.US_ASCII));
            while (rest.hasRemaining() || last.hasRemaining()) {
                client.write(rest.hasRemaining() ? rest : last);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> statuses(InputStream answers) throws IOException {
        List<String> statuses = new ArrayList<>();
        byte[] piece = new byte[1 << 20];
        String before = "";
        for (int length = answers.read(piece); length >= 0; length = answers.read(piece)) {
            String text = before + new String(piece, 0, length, StandardCharsets.ISO_8859_1);
            Matcher status = STATUS.matcher(text);
            int end = Math.max(0, text.length() - 12);
            while (status.find()) {
                statuses.add(status.group(1));
                end = Math.max(end, status.end());
            }
            before = text.substring(end);
        }
        return statuses;
    }
}
