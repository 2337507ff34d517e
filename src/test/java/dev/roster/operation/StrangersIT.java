package dev.roster.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.testing.Beside;
import dev.roster.testing.Eventually;
import dev.roster.testing.Http2Frames;
import dev.roster.testing.Replica;
import dev.roster.testing.RunningReplicas;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What one address takes of the service by sending little, or slowly. */
@Beside
class StrangersIT {
    private static final int MOST = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String JWKS = "GET /oauth2/jwks HTTP/1.1\r\nHost: x\r\n\r\n";
    private static final int MEMORY = 100_000;

    @RegisterExtension
    static final RunningReplicas SERVICE = RunningReplicas.ofOne(
            "roster.issuer=https://replicas.test",
            "roster.http.connections-per-address=" + MOST,
            "roster.http.head-timeout=2S",
            "roster.http.body-memory=" + MEMORY);

    private final Replica replica = SERVICE.one();

    @Test
    void whenAHeadIsSlowThenItsConnectionIsClosed() throws Exception {
        try (Socket silent = connect();
                Socket slow = connect()) {
            send(slow, "GET /oauth2/jwks HTTP/1.1\r\nHost: x\r\nA: ");
            assertEquals("", rest(slow));
            assertEquals("", rest(silent));
        }
    }

    /** Whether it begins in the packet of the request before or behind the answer to that one. */
    @ParameterizedTest
    @ValueSource(strings = {"GET /oauth2/jw", ""})
    void whenTheNextHeadComesByDropsThenTheConnectionIsClosed(String begun) throws Exception {
        try (Socket connection = connect()) {
            send(connection, JWKS + begun);
            assertEquals('H', connection.getInputStream().read());
            long start = System.nanoTime();
            String answers = "H" + drip(connection, 300);
            Duration taken = Duration.ofNanos(System.nanoTime() - start);
            assertEquals(1, answers.split("HTTP/1.1 200", -1).length - 1, answers);
            assertTrue(taken.compareTo(PATIENCE.dividedBy(2)) < 0, "closed after " + taken);
        }
    }

    @Test
    void whenTheNextHeadStopsThenTheConnectionIsClosed() throws Exception {
        try (Socket connection = connect()) {
            send(connection, JWKS + "GET /oauth2/jw");
            String answers = rest(connection);
            assertEquals(1, answers.split("HTTP/1.1 200", -1).length - 1, answers);
        }
    }

    @Test
    void whenTheIssuerIsHttpsThenBrowsersStayThere() throws Exception {
        HttpResponse<String> answer = replica.get("/nothing", "none");
        assertEquals(
                "max-age=31536000",
                answer.headers().firstValue("Strict-Transport-Security").orElse(""));
    }

    @Test
    void whenGarbageComesThenEachIsALineOfTheLogAtMost() throws Exception {
        List<String> garbage = List.of(
                "\u0016\u0003\u0001\0\u00c8\u0001\0\0\u00c4\u0003\u0003",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + "x".repeat(100),
                "GET / HTTP/1.1\r\nHost: x\nA: b\r\n\r\n",
                "\0\1\2\r\n\r\n",
                "GET /" + "x".repeat(200_000),
                "GET / HTTP/1.1\r\nA: " + "x".repeat(200_000),
                "POST /oauth2/token HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nx");
        String before = replica.log();
        for (String sent : garbage) {
            try (Socket connection = connect()) {
                connection.getOutputStream().write(sent.getBytes(StandardCharsets.ISO_8859_1));
                rest(connection);
            } catch (SocketException reset) {
                // as good an answer as any
            }
        }
        String logged = loggedSince(before);
        assertTrue(logged.lines().count() <= garbage.size(), logged);
        assertFalse(Replica.hasStack(logged), logged);
    }

    /** What is told meanwhile, but for event loops that had no processor for some seconds, and what comes late by that. */
    private String loggedSince(String before) throws IOException {
        return replica.log()
                .substring(before.length())
                .lines()
                .filter(line ->
                        !Replica.isOfBusyMachine(line) && !line.contains("dev.roster.revocation.RevocationFeed"))
                .collect(Collectors.joining("\n"));
    }

    /** Who has ended its side has gone for all that can be told (RFC 9112 section 8): nothing is written, nor logged. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Transfer-Encoding: chunked\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n5\r\na=",
                "Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n",
                "Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n",
                "Content-Length: 50\r\n\r\na=b"
            })
    void whenABodyEndsEarlyThenNothingIsWritten(String body) throws Exception {
        String before = replica.log();
        try (Socket connection = connect()) {
            send(
                    connection,
                    "POST /oauth2/token HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                            + body);
            connection.shutdownOutput();
            assertEquals("", rest(connection));
        }
        String logged = loggedSince(before);
        assertFalse(logged.contains("ERROR") || Replica.hasStack(logged), logged);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"G", "GET / HTTP/1.1\r\n", "GET / HTTP/1.1\r\nHost: x\r\n", "\r\n", "P", "PRI * HTTP/2.0\r\n"})
    void whenTheFirstHeadIsBrokenOffThenThatIsNoNews(String part) throws Exception {
        String before = replica.log();
        for (int n = 0; n < 5; n++) {
            try (Socket connection = connect()) {
                send(connection, part);
                connection.setSoLinger(true, 0);
                Thread.sleep(20); // what has not been read by then is gone
            }
        }
        Eventually.holds(() -> areLetIn(MOST - 3));
        String logged = loggedSince(before);
        assertFalse(logged.contains("WARN") || Replica.hasStack(logged), logged);
    }

    @Test
    void whenAnAddressHasManyConnectionsThenFurtherOnesAreClosed() throws Exception {
        List<Socket> connections = new ArrayList<>();
        try {
            int answered = 0;
            for (int i = 0; i < 2 * MOST; i++) {
                Socket connection = connect();
                connections.add(connection);
                answered += isAnswered(connection) ? 1 : 0;
            }
            // One may be that of a client of another test which has not closed yet
            assertTrue(answered <= MOST && answered >= MOST - 3, answered + " are let in");
        } finally {
            for (Socket connection : connections) {
                connection.close();
            }
        }
    }

    @Test
    void whenConnectionsOfHttp2HaveEndedThenOthersHaveTheirPlaces() {
        for (int n = 0; n < 2 * MOST; n++) {
            Eventually.holds(() -> areLetIn(1));
        }
    }

    /** What it has sent is read nevertheless, and its answer comes to nobody. */
    @Test
    void whenConnectionsOfHttp2EndAtOnceThenOthersHaveTheirPlaces() throws Exception {
        for (int n = 0; n < 4 * MOST; n++) {
            try (Socket connection = connect()) {
                connection.setSoLinger(true, 0);
                connection.getOutputStream().write(Http2Frames.preface());
            }
        }
        // Others may be those of clients of other tests which have not closed yet
        Eventually.holds(() -> areLetIn(MOST - 3));
    }

    /** Whether so many connections of HTTP/2 are, all of which are open at once. */
    private boolean areLetIn(int number) {
        List<Socket> connections = new ArrayList<>();
        try {
            for (int n = 0; n < number; n++) {
                Socket connection = connect();
                connections.add(connection);
                connection.getOutputStream().write(Http2Frames.preface());
                // The settings of the server are first
                Http2Frames.read(new DataInputStream(connection.getInputStream()));
            }
            return true;
        } catch (IOException refused) {
            return false;
        } finally {
            connections.forEach(StrangersIT::close);
        }
    }

    private static void close(Socket connection) {
        try {
            connection.close();
        } catch (IOException alreadyBroken) {
            throw new UncheckedIOException(alreadyBroken);
        }
    }

    @Test
    void whenMemoryIsTakenThenTheOldestBodyGoesAndTheNextComes() throws Exception {
        String token = replica.adminToken();
        double before = unavailable();
        try (Socket slow = connect()) {
            send(slow, post(token, 90_000) + " ".repeat(80_000));
            Eventually.holds(() -> replica.probe().metric("roster_http_bodies_bytes") == 80_000);
            String body = "{\"name\":\"ann\"}";
            // Not before: its head would be late
            try (Socket quick = connect()) {
                String answer = ask(quick, post(token, 60_000) + " ".repeat(60_000 - body.length()) + body);
                assertTrue(answer.startsWith("HTTP/1.1 201"), answer);
            }
            String refused = rest(slow);
            assertTrue(refused.startsWith("HTTP/1.1 503"), refused);
            assertTrue(refused.toLowerCase(Locale.ROOT).contains("retry-after: 1"), refused);
            assertEquals(before + 1, unavailable());
            assertFalse(replica.log().contains("unavailable"), "anyone could fill the log");
        }
    }

    /** How many were told so. */
    private double unavailable() {
        double counted = replica.probe().metric("roster_requests_refused_total{code=\"unavailable\"}");
        return Double.isNaN(counted) ? 0 : counted;
    }

    /** Each is a request with all that belongs to it, and over HTTP/2 there are thousands at once. */
    @Test
    void whenManyBodiesDoNotComeThenTheOldestGoesAndTheOthersMay() throws Exception {
        int most = MEMORY / (8 * 1024) + 1;
        try (Socket connection = connect()) {
            OutputStream requests = connection.getOutputStream();
            requests.write(Http2Frames.preface());
            for (int i = 0; i <= most; i++) {
                byte[] head = Http2Frames.head("POST", "/oauth2/token");
                requests.write(Http2Frames.frame(Http2Frames.HEADERS, Http2Frames.END_HEADERS, 2 * i + 1, head));
            }
            DataInputStream answers = new DataInputStream(connection.getInputStream());
            assertEquals(1, Http2Frames.await(answers, Http2Frames.HEADERS).stream());
            Http2Frames.await(answers, Http2Frames.DATA);
            byte[] body = "grant_type=client_credentials".getBytes(StandardCharsets.US_ASCII);
            requests.write(Http2Frames.frame(Http2Frames.DATA, Http2Frames.END_STREAM, 3, body));
            Http2Frames.Frame answer = Http2Frames.await(answers, Http2Frames.DATA);
            assertEquals(3, answer.stream());
            assertTrue(answer.text().contains("invalid_request"), answer.text());
        }
    }

    /** Each takes a hundred bytes, and nobody waits for the end. */
    @Test
    void whenThereAreTooManyHeadersOrTrailersThenRefusedBeforeTheirEnd() throws Exception {
        String many = "a:\r\n".repeat(5_000);
        try (Socket connection = connect()) {
            String answer = ask(connection, "GET /api/v1/users HTTP/1.1\r\nHost: x\r\n" + many);
            assertTrue(answer.startsWith("HTTP/1.1 431"), answer);
        }
        try (Socket connection = connect()) {
            String head = "POST /oauth2/token HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
            String answer = ask(connection, head + "0\r\n" + many);
            assertTrue(answer.startsWith("HTTP/1.1 400"), answer);
        }
    }

    /** What a value takes once it is read is many times what it takes on the way. */
    @Test
    void whenABodyIsOfManyValuesThenTheyTakeMemoryToo() throws Exception {
        String token = replica.adminToken();
        try (Socket slow = connect()) {
            send(slow, post(token, 90_000) + "{\"k\":[" + "{},".repeat(100));
            Eventually.holds(() -> replica.probe().metric("roster_http_bodies_bytes") == 306 + 202 * 128);
        }
        Eventually.holds(() -> replica.probe().metric("roster_http_bodies_bytes") == 0);
    }

    /** What separates values stands in any text too: the parts end within it, and behind what begins an escape. */
    @Test
    void whenABodyIsOfOneTextThenItIsOneValueWhateverIsInIt() throws Exception {
        String token = replica.adminToken();
        try (Socket slow = connect()) {
            send(slow, post(token, 90_000) + "{\"k\":\"" + ",".repeat(1000) + "\\");
            Eventually.holds(() -> replica.probe().metric("roster_http_bodies_bytes") == 1007 + 128);
            send(slow, "\"" + "{[".repeat(1000));
            Eventually.holds(() -> replica.probe().metric("roster_http_bodies_bytes") == 3008 + 128);
            send(slow, "\",\"l\":[");
            Eventually.holds(() -> replica.probe().metric("roster_http_bodies_bytes") == 3015 + 3 * 128);
        }
        Eventually.holds(() -> replica.probe().metric("roster_http_bodies_bytes") == 0);
    }

    /** So that a few of them do not leave the others without room. */
    @ParameterizedTest
    @CsvSource({
        "/oauth2/token, application/x-www-form-urlencoded",
        "/signin, application/x-www-form-urlencoded",
        "/api/v1/invites/token, application/json",
    })
    void whenAStrangersBodyIsOfCommasThenItTakesItsLength(String path, String type) throws Exception {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 3; i++) {
                slow.add(connect());
                send(slow.get(i), head(path, "Content-Type: " + type, 16_000) + ",".repeat(15_000));
            }
            Eventually.holds(() -> replica.probe().metric("roster_http_bodies_bytes") == 45_000);
        } finally {
            for (Socket connection : slow) {
                connection.close();
            }
        }
        Eventually.holds(() -> replica.probe().metric("roster_http_bodies_bytes") == 0);
    }

    /** And nobody else's goes for it. */
    @Test
    void whenABodyNeverFitsIntoMemoryThenItIsTooLarge() throws Exception {
        String token = replica.adminToken();
        try (Socket slow = connect();
                Socket heavy = connect()) {
            send(slow, post(token, 90_000) + " ".repeat(50_000));
            Eventually.holds(() -> replica.probe().metric("roster_http_bodies_bytes") == 50_000);
            String answer = ask(heavy, post(token, 6_000) + "[" + "0,".repeat(2_999) + "]");
            assertTrue(answer.startsWith("HTTP/1.1 413"), answer);
            assertEquals(50_000, replica.probe().metric("roster_http_bodies_bytes"));
        }
        Eventually.holds(() -> replica.probe().metric("roster_http_bodies_bytes") == 0);
    }

    private static String post(String token, int length) {
        return head("/api/v1/users", "Content-Type: application/json\r\nAuthorization: Bearer " + token, length);
    }

    private static String head(String path, String headers, int length) {
        return "POST " + path + " HTTP/1.1\r\nHost: x\r\n" + headers + "\r\nContent-Length: " + length + "\r\n\r\n";
    }

    private Socket connect() throws IOException {
        Socket connection = new Socket(InetAddress.getLoopbackAddress(), replica.port());
        connection.setSoTimeout((int) PATIENCE.toMillis());
        return connection;
    }

    private static void send(Socket connection, String text) throws IOException {
        connection.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        connection.getOutputStream().flush();
    }

    private static String ask(Socket connection, String request) throws IOException {
        send(connection, request);
        return new String(connection.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
    }

    private static String rest(Socket connection) throws IOException {
        try {
            return new String(connection.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        } catch (SocketException reset) {
            return "";
        }
    }

    /** A letter of a path at a time, until the service hangs up: what it has sent. */
    private static String drip(Socket connection, int pauseMilliseconds) throws Exception {
        StringBuilder received = new StringBuilder();
        connection.setSoTimeout(pauseMilliseconds);
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            try {
                send(connection, "G");
                int next = connection.getInputStream().read();
                while (next >= 0) {
                    received.append((char) next);
                    next = connection.getInputStream().read();
                }
                return received.toString();
            } catch (SocketTimeoutException nothingMore) {
                // the next letter then
            } catch (SocketException reset) {
                return received.toString();
            }
        }
        throw new AssertionError("still open after " + PATIENCE + ": " + received);
    }

    private static boolean isAnswered(Socket connection) throws IOException {
        try {
            return ask(connection, JWKS).startsWith("HTTP/1.1 200");
        } catch (SocketException closed) {
            return false;
        }
    }
}
