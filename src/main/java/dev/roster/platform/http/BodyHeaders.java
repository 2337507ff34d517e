package dev.roster.platform.http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What the headers of one request say of its body (RFC 9112 section 6), taken byte by byte, and how many they are. */
final class BodyHeaders {
    private static final byte[] CONTENT_LENGTH = ascii("content-length");
    private static final byte[] TRANSFER_ENCODING = ascii("transfer-encoding");
    private static final byte[] CHUNKED = ascii("chunked");
    private static final byte[] UPGRADE = ascii("upgrade");

    // A number of so many digits fits into a long
    private static final int MOST_DIGITS = 18;

    // Longer than any of the names and values above; of longer ones it only matters that they are
    private final byte[] word = new byte[32];
    private int size;
    private boolean isLength;
    private boolean isCoding;
    private boolean isUpgrade;
    private int found;
    private int count;
    private boolean unclear;
    private boolean chunked;
    private long length;

    /** A further byte of the name of a header. */
    void name(byte b) {
        append(b);
    }

    void endName() {
        isLength = is(CONTENT_LENGTH);
        isCoding = is(TRANSFER_ENCODING);
        isUpgrade = is(UPGRADE);
        size = 0;
    }

    /**
     * Whether the value that comes is that of a wish for another protocol, which a server may pass over (RFC 9110 section 7.8).
     * This one would hand on the body as a stream of HTTP/2 to which no window applies, and keep all that comes of it; RFC 9113
     * has no such upgrade any more.
     */
    boolean isUpgrade() {
        return isUpgrade;
    }

    /** A further byte of its value. */
    void value(byte b) {
        if ((isLength || isCoding) && !(size == 0 && isBlank(b))) {
            append(b);
        }
    }

    void endValue() {
        while (size > 0 && size <= word.length && isBlank(word[size - 1])) {
            size--;
        }
        if (isLength) {
            length = number();
            unclear |= length < 0;
        } else if (isCoding) {
            chunked = is(CHUNKED);
            unclear |= !chunked;
        }
        found += isLength || isCoding ? 1 : 0;
        count++;
        size = 0;
    }

    /** Whether one more has come than may, so that the request is answered for it: the server keeps a hundred bytes of each. */
    boolean areTooMany() {
        return count > RequestLimits.MOST_HEADERS;
    }

    /** Whether there is more than one answer to where the body ends. */
    boolean areUnclear() {
        return unclear || found > 1;
    }

    boolean sayChunked() {
        return chunked;
    }

    /** Bytes; 0 where nothing is said. */
    long length() {
        return length;
    }

    void clear() {
        size = 0;
        found = 0;
        count = 0;
        unclear = false;
        chunked = false;
        length = 0;
    }

    private long number() {
        if (size == 0 || size > MOST_DIGITS) {
            return -1;
        }
        long number = 0;
        for (int i = 0; i < size; i++) {
            if (word[i] < '0' || word[i] > '9') {
                return -1;
            }
            number = number * 10 + word[i] - '0';
        }
        return number;
    }

    private void append(byte b) {
        if (size < word.length) {
            word[size] = b >= 'A' && b <= 'Z' ? (byte) (b + 'a' - 'A') : b;
        }
        size = Math.min(size, word.length) + 1;
    }

    private boolean is(byte[] text) {
        return size == text.length && Arrays.equals(word, 0, size, text, 0, size);
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t';
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
