package dev.roster.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roster.testing.RawHttp;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What two servers could read differently is refused, and what stands behind it never served. */
@QuarkusTest
class ProtocolTest {
    private static final String SMUGGLED = "GET /oauth2/jwks HTTP/1.1\r\nHost: x\r\n\r\n";
    private static final String GET = "GET /oauth2/jwks HTTP/1.1\r\n";
    private static final String POST =
            "POST /oauth2/token HTTP/1.1\r\nHost: x\r\nContent-Type:"
                    + " application/x-www-form-urlencoded\r\n";
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 (\\d+) ");

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
                " Host: x\r\n\r\n"
            })
    void whenTheHeadIsAmbiguousThenRefused(String head) {
        assertRefused(GET + head);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\nContent-Length: 6\r\n\r\n0\r\n\r\n",
                "Content-Length: 3\r\nContent-Length: 0\r\n\r\nabc",
                "Content-Length: 3, 3\r\n\r\nabc",
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
                "1\r\nXY0\r\n\r\n"
            })
    void whenAChunkIsAmbiguousThenWhatFollowsIsNotServed(String chunks) {
        String answers =
                text(RawHttp.send(POST + "Transfer-Encoding: chunked\r\n\r\n" + chunks + SMUGGLED));
        assertEquals(0, statuses(answers).stream().filter("200"::equals).count(), answers);
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
