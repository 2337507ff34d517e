package dev.roster.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.testing.RawHttp;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What two servers could read differently is refused, and what stands behind it never served. Only
 * a process of its own looks at the bytes of connections.
 */
@QuarkusIntegrationTest
class ProtocolIT {
    private static final String SMUGGLED = "GET /oauth2/jwks HTTP/1.1\r\nHost: x\r\n\r\n";
    private static final String CRLF = "\r\n";
    private static final String GET = "GET /oauth2/jwks HTTP/1.1\r\n";
    private static final String POST =
            "POST /oauth2/token HTTP/1.1\r\nHost: x\r\nContent-Type:" + " application/x-www-form-urlencoded\r\n";
    private static final Pattern STATUS = Pattern.compile("HTTP/\\d\\.\\d (\\d+) ");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host: x\r\nHost: y\r\n\r\n",
                "Host: x\r\nHost: x\r\n\r\n",
                "\r\n",
                "Host: x\nA: b\r\n\r\n",
                "Host: x\r\nA: b\n\n",
                "Host: x\r\nA: b\rC: d\r\n\r\n",
                "Host: x\r\nA: b\0c\r\n\r\n",
                "Host: x\r\nA : b\r\n\r\n",
                " Host: x\r\n\r\n",
                "Host: x\r\nA: b\r\n c\r\n\r\n",
                "Host: x\r\nA: b\r\n\tc\r\n\r\n",
                "Host: x\r\nA: b\r\n \r\n\r\n",
                "Host: x\r\nA\r\n\r\n",
                "Host: x\r\n: b\r\n\r\n",
                "Host: x\r\nA: b\u007f\r\n\r\n",
                "Host: x\r\nA: \u0001\r\n\r\n",
                "Host: x\r\nA: b\r\r\n\r\n",
                "Host: x\r\nA\tb: c\r\n\r\n",
                "Host: x\r\nA: b\r\n\r\r\n"
            })
    void whenTheHeadIsAmbiguousThenRefused(String head) {
        assertRefused(GET + head);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /oauth2/jwks\rHTTP/1.1\r\n",
                "GET /oauth2/jwks\r HTTP/1.1\r\n",
                "GET /oauth2/jwks\tHTTP/1.1\r\n",
                "GET\u000b/oauth2/jwks HTTP/1.1\r\n",
                "GET  /oauth2/jwks HTTP/1.1\r\n",
                "GET /oauth2/jwks  HTTP/1.1\r\n",
                "GET /oauth2/jwks HTTP/1.1 \r\n",
                "GET /oauth2/jwks HTTP/1.1\r\r\n",
                "GET /oauth2/jwks HTTP/1.1\n",
                "GET /oauth2/jwks\r\n",
                "GET /oauth2/jwks x HTTP/1.1\r\n",
                " GET /oauth2/jwks HTTP/1.1\r\n",
                "\0GET /oauth2/jwks HTTP/1.1\r\n",
                "\nGET /oauth2/jwks HTTP/1.1\r\n",
                "\rGET /oauth2/jwks HTTP/1.1\r\n",
                "G\0ET /oauth2/jwks HTTP/1.1\r\n",
                "GET /oauth2/jwks HTTP/1.1x\r\n",
                "GET /oauth2/jwks HTTPS/1.1\r\n",
                "GET /oauth2/jwks http/1.1\r\n",
                "GET /oauth2/jwks HTTP/1.2\r\n",
                "GET /oauth2/jwks HTTP/2.0\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\n"
            })
    void whenTheFirstLineIsAmbiguousThenRefused(String line) {
        assertRefused(line + "Host: x\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\nContent-Length: 6\r\n\r\n0\r\n\r\n",
                "Content-Length: 3\r\nContent-Length: 0\r\n\r\nabc",
                "Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc",
                "Content-Length: 3, 3\r\n\r\nabc",
                "Content-Length: 0x3\r\n\r\nabc",
                "Content-Length: 1 2\r\n\r\nabc",
                "Content-Length:\r\n\r\n",
                "Content-Length: 99999999999999999999\r\n\r\nabc",
                "Content-Length: 0\r\n 3\r\n\r\nabc",
                "Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: \u000bchunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: \"chunked\"\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding:\r\n\r\n",
                "Content-Length: +3\r\n\r\nabc",
                "Content-Length: -1\r\n\r\n",
                "Content-Length: 5\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: identity\r\n\r\n",
                "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
            })
    void whenTheLengthIsAmbiguousThenRefused(String framing) {
        assertRefused(POST + framing);
    }

    /** Here the head was good, so that an answer may or may not come before the end. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "1;a=\"\r\nX\r\n0\r\n\r\n",
                "1\nX\r\n0\r\n\r\n",
                "0x1\r\nX\r\n0\r\n\r\n",
                "-1\r\nX\r\n0\r\n\r\n",
                "1\r\nXY0\r\n\r\n",
                "1 x\r\nX\r\n0\r\n\r\n",
                "1 \r\nX\r\n0\r\n\r\n",
                " 1\r\nX\r\n0\r\n\r\n",
                "+1\r\nX\r\n0\r\n\r\n",
                "1\t\r\nX\r\n0\r\n\r\n",
                "1\0\r\nX\r\n0\r\n\r\n",
                "1\rX\r\n0\r\n\r\n",
                "1;a\rb\r\nX\r\n0\r\n\r\n",
                ";a\r\n\r\n",
                "\r\n\r\n",
                "100000001\r\nX\r\n0\r\n\r\n",
                "1\r\nX\n0\r\n\r\n",
                "1\r\nX\r0\r\n\r\n",
                "1\r\nX\r\n0 \r\n\r\n",
                "0\r\nA: b\r\n c\r\n\r\n",
                "0\r\nA\r\n\r\n",
                "0\r\nA: b\n\r\n",
                "0\r\n\n"
            })
    void whenAChunkIsAmbiguousThenWhatFollowsIsNotServed(String chunks) {
        String answers = text(RawHttp.send(POST + "Transfer-Encoding: chunked\r\n\r\n" + chunks + SMUGGLED));
        assertEquals(0, statuses(answers).stream().filter("200"::equals).count(), answers);
    }

    /** Each contract in its own words; whoever has sent it may be a program in the making, which shall know. */
    @ParameterizedTest
    @ValueSource(strings = {"zz\r\n", "5\r\nabcdeXX", "5\r\nabcde\r\nzz\r\n", "5\r\nabcde\r\n\r\n", "0\r\nA\r\n\r\n"})
    void whenTheChunksOfABodyAreBrokenThenToldSoOnce(String chunks) {
        String head = " HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Type: application/";
        RawHttp.Answer problem =
                RawHttp.send("POST /api/v1/password/reset" + head + "json\r\n\r\n" + chunks + SMUGGLED);
        assertEquals(400, problem.status(), problem.head());
        assertEquals("close", problem.header("connection"));
        assertTrue(
                problem.body().contains("\"detail\":\"The chunks of the body are not those of RFC 9112.\"")
                        && problem.body().endsWith("}"),
                problem.body());
        RawHttp.Answer error =
                RawHttp.send("POST /oauth2/token" + head + "x-www-form-urlencoded\r\n\r\n" + chunks + SMUGGLED);
        assertEquals(400, error.status(), error.head());
        assertTrue(
                error.body().startsWith("{\"error\":\"invalid_request\"")
                        && error.body().endsWith("}"),
                error.body());
    }

    /** What comes before is answered first, and what nobody reads is no reason to be silent. */
    @Test
    void whenTheChunksOfABodyAreBrokenThenEachRequestIsAnswered() {
        String broken = "Transfer-Encoding: chunked\r\n\r\n1\r\nXY";
        assertEquals(List.of("200", "400"), statuses(text(RawHttp.send(SMUGGLED + POST + broken + SMUGGLED))));
        assertEquals(
                List.of("200", "401"),
                statuses(text(
                        RawHttp.send(SMUGGLED + "POST /api/v1/users HTTP/1.1\r\nHost: x\r\n" + broken + SMUGGLED))));
    }

    @Test
    void whenAnOldRequestIsChunkedThenRefused() {
        assertRefused("POST /oauth2/token HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
    }

    /** A client that is strict itself loses nothing. */
    @Test
    void whenEverythingAllowedIsUsedThenBothAreServed() {
        String chunks = String.join(CRLF, "00a;b=\"c d\"", "\0\n\n\r\n0\r\r\nx", "0", "C: d");
        String first = String.join(
                CRLF,
                "",
                "POST /oauth2/token HTTP/1.1",
                "HOST:x",
                "A:\t \u00e9 \t",
                "B:",
                "Content-Type: application/x-www-form-urlencoded",
                "Transfer-Encoding: Chunked",
                "",
                chunks);
        String last = "GET /oauth2/jwks HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length:" + " 2\r\n\r\n\n\n";
        String answers = text(RawHttp.send(first + CRLF + CRLF + last));
        assertEquals(List.of("400", "200"), statuses(answers), answers);
        assertTrue(answers.contains("\"error\":\"invalid_request\""), answers);
    }

    private static void assertRefused(String request) {
        String answers = text(RawHttp.send(request + SMUGGLED));
        assertEquals(List.of("400"), statuses(answers), answers);
    }

    private static String text(RawHttp.Answer answer) {
        return answer.head() + answer.body();
    }

    private static List<String> statuses(String answers) {
        return STATUS.matcher(answers)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }
}
