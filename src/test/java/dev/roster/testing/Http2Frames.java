package dev.roster.testing;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Frames of HTTP/2 as they go over a connection (RFC 9113), for clients that no library would be. */
public final class Http2Frames {
    public static final int DATA = 0;
    public static final int HEADERS = 1;
    public static final int RST_STREAM = 3;
    public static final int SETTINGS = 4;
    public static final int CONTINUATION = 9;

    // Flags
    public static final int ACK = 1;
    public static final int END_STREAM = 1;
    public static final int END_HEADERS = 4;

    private Http2Frames() {}

    /** A frame that has come. */
    public record Frame(int type, int stream, ByteBuffer payload) {

        /** Its payload as a text. */
        public String text() {
            return StandardCharsets.UTF_8.decode(payload.duplicate()).toString();
        }
    }

    /** The next frame. */
    public static Frame read(DataInputStream answers) throws IOException {
        int lengthAndType = answers.readInt();
        answers.readByte();
        int stream = answers.readInt();
        byte[] payload = new byte[lengthAndType >>> 8];
        answers.readFully(payload);
        return new Frame(lengthAndType & 0xff, stream, ByteBuffer.wrap(payload));
    }

    /** The next frame of a type. */
    public static Frame await(DataInputStream answers, int type) throws IOException {
        Frame frame = read(answers);
        while (frame.type() != type) {
            frame = read(answers);
        }
        return frame;
    }

    /** What a client that knows of HTTP/2 before begins with, and settings that leave all as it is (section 3.4). */
    public static byte[] preface() {
        byte[] magic = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        byte[] settings = frame(SETTINGS, 0, 0, new byte[0]);
        return ByteBuffer.allocate(magic.length + settings.length)
                .put(magic)
                .put(settings)
                .array();
    }

    /** A frame (section 4.1). */
    public static byte[] frame(int type, int flags, int stream, byte[] payload) {
        return ByteBuffer.allocate(9 + payload.length)
                .putInt(payload.length << 8 | type)
                .put((byte) flags)
                .putInt(stream)
                .put(payload)
                .array();
    }

    /**
     * The head of a request, each field with its name as it stands (RFC 7541 section 6.2.2).
     *
     * @param fields names and values besides those of each request
     */
    public static byte[] head(String method, String path, String... fields) {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        literals(head, ":method", method, ":scheme", "http", ":path", path, ":authority", "x");
        literals(head, fields);
        return head.toByteArray();
    }

    private static void literals(ByteArrayOutputStream head, String... fields) {
        for (int i = 0; i < fields.length; i += 2) {
            head.write(0);
            text(head, fields[i]);
            text(head, fields[i + 1]);
        }
    }

    // Its length as an integer with a prefix of seven bits (section 5.1)
    private static void text(ByteArrayOutputStream head, String text) {
        int length = text.length();
        if (length < 0x7f) {
            head.write(length);
        } else {
            head.write(0x7f);
            for (length -= 0x7f; length >= 0x80; length >>= 7) {
                head.write((length & 0x7f) | 0x80);
            }
            head.write(length);
        }
        head.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }
}
