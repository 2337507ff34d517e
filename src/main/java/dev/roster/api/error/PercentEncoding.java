package dev.roster.api.error;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Whether a request URI means a text at all (RFC 3986 section 2.1). */
final class PercentEncoding {
    static final String RULE = "must be percent-encoded UTF-8 without NUL";

    private PercentEncoding() {}

    /** Whether some percent sign starts no byte, or the bytes are no text. */
    static boolean isBroken(String uri) {
        if (uri.indexOf('%') < 0) {
            return false;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(uri.length());
        for (int i = 0; i < uri.length(); i++) {
            if (uri.charAt(i) != '%') {
                // What stands unencoded beside it must only keep it apart.
                bytes.write(' ');
                continue;
            }
            int decoded = decode(uri, i + 1);
            if (decoded <= 0) {
                return true;
            }
            bytes.write(decoded);
            i += 2;
        }
        return !isText(bytes.toByteArray());
    }

    private static int decode(String uri, int at) {
        if (at + 2 > uri.length()) {
            return -1;
        }
        int high = Character.digit(uri.charAt(at), 16);
        int low = Character.digit(uri.charAt(at + 1), 16);
        return high < 0 || low < 0 ? -1 : high * 16 + low;
    }

    private static boolean isText(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
