package dev.roster.platform.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The beginnings and ends of requests, however their bytes are cut into packets. */
class StrictFramingTest {
    private static final String HEAD = "POST / HTTP/1.1\r\nHost: x\r\n";
    private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

    @ParameterizedTest
    @ValueSource(
            strings = {
                HEAD + "\r\n",
                "\r\n" + HEAD + "\r\n",
                HEAD + "a:\t b c\t \r\nb:\r\n\r\n",
                HEAD + "Content-Length: 5\r\n\r\n\n\r\0 \n",
                HEAD + "content-LENGTH:\t005 \r\n\r\nabcde",
                HEAD + "Transfer-Encoding: CHUNKED\r\n\r\n0\r\n\r\n",
                HEAD + "Transfer-Encoding:chunked\r\n\r\n00A\r\n0\r\n\r\n\r\n0\r\n\r\n0\r\nA: b\r\n\r\n",
                HEAD + "Transfer-Encoding: chunked\r\n\r\n1;a=\"b c\"\r\nX\r\n0;z\r\n\r\n",
                HEAD + "Content-Lengthy: x\r\n" + "A234567890123456789012345678901234567890: b\r\n\r\n",
                "PRIO / HTTP/1.1\r\n\r\n",
                "P / HTTP/1.0\r\n\r\n"
            })
    void whenPlainThenFollowedToTheNext(String request) {
        for (int cut = 0; cut < request.length(); cut++) {
            StrictFraming framing = new StrictFraming();
            assertEquals(cut, read(framing, request.substring(0, cut)));
            assertEquals(request.length() - cut, read(framing, request.substring(cut)));
            assertFalse(framing.isOver(), request);
            assertEquals(HEAD.length(), read(framing, HEAD));
            assertTrue(framing.isInHead());
            assertEquals(2, read(framing, "\r\n"));
            assertFalse(framing.isInHead());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "|\n" + HEAD,
                "| GET / HTTP/1.1\r\n",
                "|\0GET / HTTP/1.1\r\n",
                "GET | / HTTP/1.1\r\n",
                "GET |\t/ HTTP/1.1\r\n",
                "GET /|\r HTTP/1.1\r\n",
                "GET /|\rHTTP/1.1\r\n",
                "GET / HTTP/1.1|\n",
                "GET / HTTP/1.1| \r\n",
                "GET / | HTTP/1.1\r\n",
                "GET /|\r\n",
                "GET / HTTP/|2.0\r\n",
                "GET / |http/1.1\r\n",
                "GET / HTTP|S/1.1\r\n",
                "GET / HTTP/1.|2\r\n",
                "GET / HTTP/1.1|0\r\n",
                "GET / HTTP/1.|\r\n",
                HEAD + "| folded\r\n\r\n",
                HEAD + "A| : b\r\n\r\n",
                HEAD + "nothing|\r\n\r\n",
                HEAD + "|: b\r\n\r\n",
                HEAD + "A: b|\nC: d\r\n\r\n",
                HEAD + "A: b\r|C: d\r\n\r\n",
                HEAD + "A: b|\0c\r\n\r\n",
                HEAD + "A: b|\u007fc\r\n\r\n",
                HEAD + "\r|\r\n",
                HEAD + "Transfer-Encoding: chunked\r\n\r\n| 1\r\n",
                HEAD + "Transfer-Encoding: chunked\r\n\r\n1| x\r\n",
                HEAD + "Transfer-Encoding: chunked\r\n\r\n1| \r\n",
                HEAD + "Transfer-Encoding: chunked\r\n\r\n0|x1\r\n",
                HEAD + "Transfer-Encoding: chunked\r\n\r\n|+1\r\n",
                HEAD + "Transfer-Encoding: chunked\r\n\r\n|;a\r\n",
                HEAD + "Transfer-Encoding: chunked\r\n\r\n1;a|\nX",
                HEAD + "Transfer-Encoding: chunked\r\n\r\n1\r\nX|Y\r\n",
                HEAD + "Transfer-Encoding: chunked\r\n\r\n1\r\nX|\n0\r\n\r\n",
                HEAD + "Transfer-Encoding: chunked\r\n\r\n8000000|0\r\n",
                HEAD + "Transfer-Encoding: chunked\r\n\r\n0\r\n| folded\r\n\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r|x"
            })
    void whenNotThenRefusedAtTheByte(String marked) {
        int refused = marked.indexOf('|');
        String request = marked.replace("|", "");
        for (int cut = 0; cut <= refused; cut++) {
            StrictFraming framing = new StrictFraming();
            assertEquals(cut, read(framing, request.substring(0, cut)));
            assertFalse(framing.isRefused());
            assertEquals(refused - cut, read(framing, request.substring(cut)), marked);
            assertTrue(framing.isRefused() && framing.isOver() && framing.isInHead());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 3\r\nContent-Length: 3\r\n",
                "Content-Length: 3, 3\r\n",
                "Content-Length: +3\r\n",
                "Content-Length: 0x3\r\n",
                "Content-Length:\r\n",
                "Content-Length: 1234567890123456789\r\n",
                "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
                "Transfer-Encoding: xchunked\r\n",
                "Transfer-Encoding: chunked, identity\r\n",
                "Transfer-Encoding: identity\r\n"
            })
    void whenTheLengthIsUnclearThenNothingBehindTheHead(String headers) {
        String head = HEAD + headers + "\r\n";
        StrictFraming framing = new StrictFraming();
        assertEquals(head.length(), read(framing, head + "abc" + HEAD + "\r\n"));
        assertTrue(framing.isOver() && framing.isInHead());
        assertFalse(framing.isRefused());
    }

    @Test
    void whenARequestLooksLikeHttp2ThenAskedAnew() {
        ByteBuf bytes = Unpooled.copiedBuffer(HEAD + "\r\n" + PREFACE, StandardCharsets.US_ASCII);
        StrictFraming framing = new StrictFraming();
        assertEquals(HEAD.length() + 2, framing.read(bytes, false, true));
        bytes.readerIndex(HEAD.length() + 2);
        assertEquals(bytes.writerIndex(), framing.read(bytes, true, true));
        assertTrue(framing.isHttp2());
    }

    @Test
    void whenAnotherRequestFollowsThenItBeginsWhereItMay() {
        String first = HEAD + "Content-Length: 3\r\n\r\nabc";
        ByteBuf bytes = Unpooled.copiedBuffer(first + HEAD + "\r\n", StandardCharsets.US_ASCII);
        StrictFraming framing = new StrictFraming();
        assertEquals(first.length(), framing.read(bytes, false, true));
        bytes.readerIndex(first.length());
        assertEquals(first.length(), framing.read(bytes, false, false));
        assertEquals(1, framing.heads());
        assertEquals(bytes.writerIndex(), framing.read(bytes, false, true));
        assertEquals(2, framing.heads());
    }

    @Test
    void whenHttp2BeginsThenTheRestIsNotOurs() {
        String frames = PREFACE + "\0\0\0\u0004";
        for (int cut = 0; cut < PREFACE.length(); cut++) {
            StrictFraming framing = new StrictFraming();
            assertEquals(cut, read(framing, frames.substring(0, cut)));
            assertEquals(frames.length() - cut, read(framing, frames.substring(cut)));
            assertTrue(framing.isHttp2());
            assertFalse(framing.isInHead());
        }
    }

    @Test
    void whenTheConnectionStaysWithHttp1ThenNoPreface() {
        StrictFraming framing = new StrictFraming();
        ByteBuf bytes = Unpooled.copiedBuffer(PREFACE, StandardCharsets.ISO_8859_1);
        assertEquals(PREFACE.indexOf("2.0"), framing.read(bytes, false, true));
        assertTrue(framing.isRefused());
    }

    @Test
    void whenHeadersAreManyThenOneMoreThanMayBeIsPassedOnAndNoOther() {
        String header = "a:\r\n";
        StrictFraming framing = new StrictFraming();
        read(framing, "GET / HTTP/1.1\r\n" + header.repeat(RequestLimits.MOST_HEADERS + 1) + "\r\n");
        assertFalse(framing.isRefused());
        read(framing, "GET / HTTP/1.1\r\n" + header.repeat(RequestLimits.MOST_HEADERS + 1));
        assertFalse(framing.isRefused());
        assertEquals(0, read(framing, header));
        assertTrue(framing.isRefused() && framing.hasTooManyHeaders());
    }

    @Test
    void whenTrailersAreManyThenRefusedInTheBody() {
        StrictFraming framing = new StrictFraming();
        read(
                framing,
                HEAD + "Transfer-Encoding: chunked\r\n\r\n0\r\n" + "a:\r\n".repeat(RequestLimits.MOST_HEADERS + 1));
        assertFalse(framing.isRefused());
        read(framing, "a:\r\n");
        assertTrue(framing.isRefusedInBody() && !framing.hasTooManyHeaders());
    }

    private static int read(StrictFraming framing, String bytes) {
        ByteBuf left = Unpooled.copiedBuffer(bytes, StandardCharsets.ISO_8859_1);
        int end = framing.read(left, true, true);
        while (end < left.writerIndex() && !framing.isOver()) {
            left.readerIndex(end);
            end = framing.read(left, true, true);
        }
        return end;
    }
}
