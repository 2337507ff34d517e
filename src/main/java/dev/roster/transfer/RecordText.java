package dev.roster.transfer;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The bytes of the record that is being cut, as far as it may be long. */
public final class RecordText {
    static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private boolean tooLong;

    void add(byte[] piece, int from, int to) {
        if (bytes.size() + (to - from) > RecordReader.LONGEST) {
            tooLong = true;
            bytes.reset();
        }
        if (!tooLong) {
            bytes.write(piece, from, to - from);
        }
    }

    boolean isTooLong() {
        return tooLong;
    }

    /** What there is, which is forgotten with that. */
    byte[] take() {
        byte[] taken = bytes.toByteArray();
        tooLong = false;
        bytes.reset();
        return taken;
    }

    /** The same without the byte order mark of a file, which {@code first} may have, and without CR at its end. */
    static byte[] bare(byte[] text, boolean first) {
        int from = first && text.length >= MARK.length && Arrays.equals(text, 0, MARK.length, MARK, 0, MARK.length)
                ? MARK.length
                : 0;
        int to = text.length > from && text[text.length - 1] == '\r' ? text.length - 1 : text.length;
        return Arrays.copyOfRange(text, from, to);
    }

    /** Text of UTF-8 and of nothing else. */
    public static String decoded(byte[] text) throws CharacterCodingException {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text)).toString();
    }

    static boolean isMark(byte part) {
        return part == MARK[0] || part == MARK[1] || part == MARK[2];
    }

    static boolean isBlank(byte[] text) {
        for (byte b : text) {
            if (b != ' ' && b != '\t') {
                return false;
            }
        }
        return true;
    }

    static SourceRecord tooLong(long line) {
        return SourceRecord.refused(line, "must be at most " + RecordReader.LONGEST + " bytes");
    }
}
