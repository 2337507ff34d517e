package dev.roster.operation;

import static dev.roster.testing.Http2Frames.ACK;
import static dev.roster.testing.Http2Frames.CONTINUATION;
import static dev.roster.testing.Http2Frames.END_HEADERS;
import static dev.roster.testing.Http2Frames.END_STREAM;
import static dev.roster.testing.Http2Frames.HEADERS;
import static dev.roster.testing.Http2Frames.RST_STREAM;
import static dev.roster.testing.Http2Frames.SETTINGS;
import static dev.roster.testing.Http2Frames.await;
import static dev.roster.testing.Http2Frames.frame;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.testing.Http2Frames;
import dev.roster.testing.Http2Frames.Frame;
import dev.roster.testing.RawHttp;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.restassured.RestAssured;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames that cost the service more than their sender end the connection (RFC 9113, 10.5), and those that no lines could be are refused. */
@QuarkusIntegrationTest
class Http2AttacksIT {
    private static final int MAX_CONCURRENT_STREAMS = 3;
    // The window that each stream has at first (section 6.5.2)
    private static final byte[] NO_WINDOW = {0, 4, 0, 0, 0, 0};
    private static final byte[] CANCEL = {0, 0, 0, 8};
    // What the service begins a head with (section 6.2)
    private static final int PRIORITY_BYTES = 5;
    private static final int PATIENCE_MILLISECONDS = 20_000;

    private static final byte[] GET_KEYS = Http2Frames.head("GET", "/oauth2/jwks");
    private static final byte[] POST_TOKEN = Http2Frames.head("POST", "/oauth2/token");

    @AfterEach
    void everybodyElseIsServed() {
        assertEquals(200, RestAssured.get("/oauth2/jwks").statusCode());
    }

    @Test
    void whenManyStreamsAreOpenThenFurtherOnesAreRefused() throws Exception {
        try (Socket connection = connect()) {
            DataInputStream answers = new DataInputStream(connection.getInputStream());
            assertEquals(100, streams(await(answers, SETTINGS)));
            send(connection, frame(SETTINGS, ACK, 0, new byte[0]));
            for (int stream = 1; stream <= 201; stream += 2) {
                send(connection, frame(HEADERS, END_HEADERS, stream, POST_TOKEN));
            }
            Frame refused = await(answers, RST_STREAM);
            assertEquals(201, refused.stream());
            assertEquals(7, refused.payload().getInt(), "REFUSED_STREAM");
        }
    }

    @Test
    void whenTheLimitOfStreamsIsNotAcknowledgedThenItHolds() throws Exception {
        assertEnds(connection -> {
            for (int stream = 1; stream < 1_000; stream += 2) {
                send(connection, frame(HEADERS, END_HEADERS, stream, POST_TOKEN));
            }
        });
    }

    /** Each of their requests is answered as far as the service goes. */
    @Test
    void whenAnswersWaitForTheirWindowsThenTheLimitHoldsToo() throws Exception {
        assertEnds(connection -> {
            send(connection, frame(SETTINGS, 0, 0, NO_WINDOW));
            for (int stream = 1; stream < 1_000; stream += 2) {
                send(connection, frame(HEADERS, END_STREAM | END_HEADERS, stream, GET_KEYS));
            }
        });
    }

    /** Its body would be kept as it comes, by no window. */
    @ParameterizedTest
    @ValueSource(strings = {"Upgrade: h2c", "upgrade:h2c", "UPGRADE: websocket, h2c ", "Upgrade: x\r\nUpgrade: h2c"})
    void whenAnUpgradeIsAskedForThenItIsPassedOver(String wish) throws Exception {
        for (int first : new int[] {0, 1, wish.indexOf(':'), wish.length() - 2}) {
            try (Socket connection = open()) {
                send(
                        connection,
                        text("POST /api/v1/users HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, HTTP2-Settings\r\n"
                                + "HTTP2-Settings: AAQAAAAA\r\nTransfer-Encoding: chunked\r\n"
                                + wish.substring(0, first)));
                connection.getOutputStream().flush();
                Thread.sleep(20); // so that the rest comes apart
                send(connection, text(wish.substring(first) + "\r\n\r\n"));
                String head = RawHttp.head(connection.getInputStream());
                assertTrue(head.startsWith("HTTP/1.1 401 "), head);
            }
        }
    }

    @Test
    void whenAHeadNeverEndsThenTheConnectionDoes() throws Exception {
        assertEnds(connection -> {
            send(connection, frame(HEADERS, END_STREAM, 1, GET_KEYS));
            for (int i = 0; i < 10_000; i++) {
                send(connection, frame(CONTINUATION, 0, 1, new byte[0]));
            }
        });
    }

    @Test
    void whenRequestsAreTakenBackAtOnceThenTheConnectionEnds() throws Exception {
        assertEnds(connection -> {
            for (int stream = 1; stream < 10_000; stream += 2) {
                int flags = END_HEADERS | END_STREAM;
                send(connection, frame(HEADERS, flags, stream, GET_KEYS));
                send(connection, frame(RST_STREAM, 0, stream, CANCEL));
            }
        });
    }

    /** What would be lines of their own, or others, where it is passed on or kept (section 8.2.1). */
    @ParameterizedTest
    @CsvSource({
        "/oauth2/jwks, a, 'a\r\nb: c'",
        "/oauth2/jwks, a, 'a\nb'",
        "/oauth2/jwks, a, 'a\rb'",
        "/oauth2/jwks, a, 'a\0b'",
        "/oauth2/jwks, a, 'a\u0001'",
        "/oauth2/jwks, a, 'a\u007f'",
        "/oauth2/jwks, 'a\r\nb', c",
        "/oauth2/jwks, 'a b', c",
        "/oauth2/jwks, 'a\0', c",
        "/oauth2/jwks, 'authorization ', c",
        "/oauth2/jwks, 'a:b', c",
        "'/oauth2/jwks HTTP/1.1\r\na: b', a, b",
        "'/oauth2/jwks?a b', a, b",
        "'/oauth2/\tjwks', a, b",
        "http://other.example/oauth2/jwks, a, b"
    })
    void whenAHeadCouldNotBeLinesThenRefused(String path, String name, String value) throws Exception {
        assertEquals("400", status(path, name, value));
    }

    @Test
    void whenAHeaderIsTextThenServed() throws Exception {
        assertEquals("200", status("/oauth2/jwks?a=%0d%0a", "x-a_b", "a\tb c"));
    }

    private static String status(String path, String name, String value) throws Exception {
        try (Socket connection = connect()) {
            byte[] head = Http2Frames.head("GET", path, name, value);
            send(connection, frame(HEADERS, END_STREAM | END_HEADERS, 1, head));
            ByteBuffer answer = await(new DataInputStream(connection.getInputStream()), HEADERS)
                    .payload();
            answer.position(PRIORITY_BYTES);
            return new DefaultHttp2HeadersDecoder()
                    .decodeHeaders(1, Unpooled.wrappedBuffer(answer))
                    .status()
                    .toString();
        }
    }

    private interface Attack {
        void on(Socket connection) throws IOException;
    }

    private static void assertEnds(Attack attack) throws IOException {
        try (Socket connection = connect()) {
            await(new DataInputStream(connection.getInputStream()), SETTINGS);
            try {
                attack.on(connection);
                connection.getInputStream().readAllBytes();
            } catch (SocketException reset) {
                // while still being written to
            }
        }
    }

    private static Socket open() throws IOException {
        Socket connection = new Socket(URI.create(RestAssured.baseURI).getHost(), RestAssured.port);
        connection.setSoTimeout(PATIENCE_MILLISECONDS);
        return connection;
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static Socket connect() throws IOException {
        Socket connection = open();
        send(connection, Http2Frames.preface());
        return connection;
    }

    private static void send(Socket connection, byte[] bytes) throws IOException {
        connection.getOutputStream().write(bytes);
    }

    private static int streams(Frame settings) {
        ByteBuffer pairs = settings.payload();
        while (pairs.hasRemaining()) {
            int name = pairs.getShort();
            int value = pairs.getInt();
            if (name == MAX_CONCURRENT_STREAMS) {
                return value;
            }
        }
        return Integer.MAX_VALUE;
    }
}
