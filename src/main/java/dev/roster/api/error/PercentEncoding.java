package dev.roster.api.error;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Whether a request URI means a text at all (RFC 3986 section 2.1). */
final class PercentEncoding {
    static final String RULE = "must be percent-encoded UTF-8 (RFC 3986)";

    private PercentEncoding() {}

    /** Whether it is no URI, or its bytes are no text. */
    static boolean isBroken(String uri) {
        return !isUri(uri) || (uri.indexOf('%') >= 0 && !isText(uri));
    }

    private static boolean isUri(String uri) {
        try {
            new URI(uri);
            return true;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static boolean isText(String uri) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(uri.length());
        for (int i = 0; i < uri.length(); i++) {
            if (uri.charAt(i) != '%') {
                // What stands unencoded beside it must only keep it apart.
                bytes.write(' ');
                continue;
            }
            bytes.write(Integer.parseInt(uri, i + 1, i + 3, 16));
            i += 2;
        }
        return isText(bytes.toByteArray());
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
