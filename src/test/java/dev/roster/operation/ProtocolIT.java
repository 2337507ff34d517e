package dev.roster.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.caller.Role;
import dev.roster.testing.RawHttp;
import dev.roster.testing.TestOrganization;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What two servers could read differently is refused, and what stands behind it never served. Only
 * a process of its own looks at the bytes of connections.
 */
@QuarkusIntegrationTest
class ProtocolIT {
    private static final String SMUGGLED = "GET /oauth2/jwks HTTP/1.1\r\nHost: x\r\n\r\n";
    private static final String UNKNOWN = "GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n";
    private static final String CRLF = "\r\n";
    private static final String GET = "GET /oauth2/jwks HTTP/1.1\r\n";
    private static final String POST =
            "POST /oauth2/token HTTP/1.1\r\nHost: x\r\nContent-Type:" + " application/x-www-form-urlencoded\r\n";
    private static final String BROKEN = "The chunks of the body are not those of RFC 9112.";
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
                problem.body().contains("\"detail\":\"" + BROKEN + "\"")
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

    /** Also where it is answered before its body is looked at, all of which is in one packet with its head. */
    @ParameterizedTest
    @CsvSource({
        "POST /nothing,404",
        "POST /api/v1/users,401",
        "DELETE /oauth2/token,405",
        "GET /q/openapi,200",
        "POST /api/v1/users/import,401"
    })
    void whenTheChunksOfWhatIsAnsweredAtOnceAreBrokenThenAnswered(String request, String status) {
        String broken = request + " HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nXY";
        assertEquals(List.of(status), statuses(text(RawHttp.send(broken + SMUGGLED))));
        assertEquals(List.of("200", status), statuses(text(RawHttp.send(SMUGGLED + broken + SMUGGLED))));
        assertEquals(List.of("404", status), statuses(text(RawHttp.send(UNKNOWN + broken + SMUGGLED))));
    }

    @Test
    void whenTheChunksOfAnImportAreBrokenThenToldSo() {
        TestOrganization organization = TestOrganization.create();
        String head = "POST /api/v1/users/import HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                + organization.token(Role.ADMIN)
                + "\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n";
        RawHttp.Answer nothingAnswered = RawHttp.send(head + "14\r\n{\"name\":\"somebody\"}\nzz\r\n" + SMUGGLED);
        assertEquals(400, nothingAnswered.status(), nothingAnswered.head());
        assertEquals("close", nothingAnswered.header("connection"));
        assertTrue(
                nothingAnswered.body().contains("\"detail\":\"" + BROKEN + "\"")
                        && nothingAnswered.body().endsWith("}"),
                nothingAnswered.body());
        String lines = IntStream.rangeClosed(1, 1_001)
                .mapToObj(n -> "{\"name\":\"u" + n + "\"}\n")
                .collect(Collectors.joining());
        RawHttp.Answer answered =
                RawHttp.send(head + Integer.toHexString(lines.length()) + CRLF + lines + CRLF + "zz\r\n" + SMUGGLED);
        assertEquals(List.of("200"), statuses(text(answered)), text(answered));
        assertTrue(answered.body().contains("{\"line\":1000,"), answered.body());
        assertTrue(
                answered.body().contains("{\"result\":\"stopped\"")
                        && answered.body().contains("\"next_line\":1001")
                        && answered.body().contains(BROKEN)
                        && answered.body().endsWith("0\r\n\r\n"),
                answered.body());
    }

    /** Resources of which several have the path are chosen by it. */
    @ParameterizedTest
    @ValueSource(strings = {"x", ";;", "a;b=c", "/"})
    void whenTheTypeOfABodyIsNoneThenRefused(String type) {
        for (String request : List.of(
                "GET /oauth2/jwks",
                "GET /.well-known/openid-configuration",
                "GET /api/v1/users/export",
                "GET /api/v1/audit-events",
                "GET /api/v1/users/me/sessions")) {
            RawHttp.Answer answer = RawHttp.send(
                    request + " HTTP/1.1\r\nHost: x\r\nContent-Type: " + type + "\r\nContent-Length: 3\r\n\r\nabc");
            assertEquals(415, answer.status(), request + ": " + answer.body());
        }
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
