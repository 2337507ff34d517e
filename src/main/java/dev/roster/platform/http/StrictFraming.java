package dev.roster.platform.http;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * Finds where requests begin and end in the bytes of one connection (RFC 9112), so strictly that no other server could find it
 * elsewhere. It keeps nothing but where it is. The server has a parser of its own, which takes more than this: folded lines,
 * blanks in the size of a chunk, lines without a colon, and whatever stands before a request.
 */
final class StrictFraming {
    // What HTTP/2 begins with (RFC 9113 section 3.4)
    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    /** What comes next; END_OF_HEAD and END_OF_SIZE stand behind a line feed only. */
    private enum At {
        START,
        PREFACE,
        REQUEST_LINE,
        HEADER,
        NAME,
        VALUE,
        END_OF_HEAD,
        SIZE,
        EXTENSION,
        END_OF_SIZE,
        END_OF_CHUNK,
        LINE_FEED,
        HTTP2,
        LAST,
        REFUSED
    }

    private final BodyHeaders body = new BodyHeaders();
    private At at = At.START;
    private At afterLineFeed;
    private boolean inHead;
    private boolean inTrailers;
    private boolean mayBeHttp2;
    private int prefaceBytes;
    private int spaces;
    private byte before;
    private int versionBytes;
    private int heads;
    private final ChunkSize chunk = new ChunkSize();
    private long left;

    /**
     * Reads on; a wish for another protocol is made illegible.
     *
     * @param mayBeHttp2 whether the connection can turn to HTTP/2 with the next request
     * @param mayBegin whether the first byte may be that of a request
     * @return where it ends: before the first byte that nobody shall read, behind the last one, or before another request
     */
    int read(ByteBuf bytes, boolean mayBeHttp2, boolean mayBegin) {
        this.mayBeHttp2 = mayBeHttp2;
        int index = bytes.readerIndex();
        int end = bytes.writerIndex();
        while (index < end && at != At.HTTP2 && at != At.LAST) {
            if (left > 0) {
                int skipped = (int) Math.min(left, end - index);
                left -= skipped;
                index += skipped;
                continue;
            }
            byte next = bytes.getByte(index);
            if (at == At.START && !inHead && !(mayBegin && index == bytes.readerIndex())) {
                return index;
            }
            if (at == At.VALUE && next != HttpBytes.CR && body.isUpgrade()) {
                bytes.setByte(index, '-');
            }
            step(next);
            if (at == At.REFUSED) {
                return index;
            }
            index++;
        }
        return at == At.HTTP2 ? end : index;
    }

    /** Whether the bytes are no request, or could be read as two different ones. */
    boolean isRefused() {
        return at == At.REFUSED;
    }

    /** Whether it is refused for its many headers alone; what came before is a head, but for its end. */
    boolean hasTooManyHeaders() {
        return inHead && body.areTooMany();
    }

    /** Whether nothing is read any more: not what is refused, and not behind an unclear length. */
    boolean isOver() {
        return at == At.REFUSED || at == At.LAST;
    }

    /** Whether it is behind a head that is good, so that there is a request to answer. */
    boolean isRefusedInBody() {
        return at == At.REFUSED && !inHead;
    }

    /** Whether a head has begun that has not come wholly; what is refused is one for ever. */
    boolean isInHead() {
        return inHead || at == At.REFUSED;
    }

    /** How many heads have come. */
    int heads() {
        return heads;
    }

    boolean isHttp2() {
        return at == At.HTTP2;
    }

    private void step(byte b) {
        switch (at) {
            case START -> start(b);
            case PREFACE -> preface(b);
            case REQUEST_LINE -> requestLine(b);
            case HEADER -> header(b);
            case NAME -> name(b);
            case VALUE -> value(b);
            case SIZE -> size(b);
            case EXTENSION -> at = b == HttpBytes.CR ? line(At.END_OF_SIZE) : HttpBytes.isText(b) ? at : At.REFUSED;
            case END_OF_CHUNK -> at = b == HttpBytes.CR ? line(At.SIZE) : At.REFUSED;
            case LINE_FEED -> lineFeed(b);
            default -> at = At.REFUSED;
        }
    }

    private At line(At next) {
        afterLineFeed = next;
        return At.LINE_FEED;
    }

    private void lineFeed(byte b) {
        at = b == '\n' ? afterLineFeed : At.REFUSED;
        if (at == At.END_OF_HEAD) {
            endHead();
        } else if (at == At.END_OF_SIZE) {
            endSize();
        }
    }

    private void start(byte b) {
        inHead = true;
        if (b == HttpBytes.CR) {
            at = line(At.START); // RFC 9112 section 2.2: some clients send one behind a body
        } else if (mayBeHttp2 && b == PREFACE[0]) {
            at = At.PREFACE;
            prefaceBytes = 1;
        } else {
            at = HttpBytes.isToken(b) ? At.REQUEST_LINE : At.REFUSED;
        }
    }

    private void preface(byte b) {
        if (b == PREFACE[prefaceBytes]) {
            if (++prefaceBytes == PREFACE.length) {
                at = At.HTTP2;
                inHead = false;
            }
            return;
        }
        at = At.START;
        mayBeHttp2 = false;
        for (int i = 0; i < prefaceBytes; i++) {
            step(PREFACE[i]);
        }
        step(b);
    }

    private void requestLine(byte b) {
        if (b == HttpBytes.CR) {
            at = versionBytes == HttpBytes.VERSION_LENGTH ? line(At.HEADER) : At.REFUSED;
            spaces = 0;
            versionBytes = 0;
        } else if (spaces == 2) {
            at = HttpBytes.isVersion(b, versionBytes++) ? at : At.REFUSED;
        } else if (b == ' ') {
            at = before == ' ' ? At.REFUSED : at;
            spaces++;
        } else {
            at = HttpBytes.isText(b) && b != '\t' ? at : At.REFUSED;
        }
        before = b;
    }

    private void header(byte b) {
        if (b == HttpBytes.CR) {
            at = line(At.END_OF_HEAD);
        } else {
            at = HttpBytes.isToken(b) && !body.areTooMany() ? At.NAME : At.REFUSED;
            body.name(b);
        }
    }

    private void name(byte b) {
        if (b == ':') {
            body.endName();
            at = At.VALUE;
        } else if (HttpBytes.isToken(b)) {
            body.name(b);
        } else {
            at = At.REFUSED;
        }
    }

    private void value(byte b) {
        if (b == HttpBytes.CR) {
            body.endValue();
            at = line(At.HEADER);
        } else if (HttpBytes.isText(b)) {
            body.value(b);
        } else {
            at = At.REFUSED;
        }
    }

    private void endHead() {
        inHead = false;
        at = At.START;
        heads += inTrailers ? 0 : 1;
        if (inTrailers) {
            inTrailers = false;
        } else if (body.areUnclear()) {
            at = At.LAST; // the server says what is wrong with it
            inHead = true;
        } else if (body.sayChunked()) {
            at = At.SIZE;
        } else {
            left = body.length();
        }
        body.clear();
    }

    private void size(byte b) {
        if (!chunk.add(b)) {
            At next = b == HttpBytes.CR ? line(At.END_OF_SIZE) : b == ';' ? At.EXTENSION : At.REFUSED;
            at = chunk.isGiven() ? next : At.REFUSED;
        }
    }

    private void endSize() {
        left = chunk.end();
        inTrailers = left == 0;
        at = inTrailers ? At.HEADER : At.END_OF_CHUNK;
    }
}
