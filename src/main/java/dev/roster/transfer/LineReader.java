package dev.roster.transfer;

import dev.roster.platform.error.RosterException;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.function.Consumer;

/** Cuts a file into lines, whose ends are LF or CRLF. A byte order mark and empty lines are passed over. */
public final class LineReader implements RecordReader {
    private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final Parser parser;
    private final ByteArrayOutputStream rest = new ByteArrayOutputStream();
    private long line = 1;
    private boolean tooLong;

    public LineReader(Parser parser) {
        this.parser = parser;
    }

    /** Makes something of a line. */
    @FunctionalInterface
    public interface Parser {
        SourceRecord parse(long line, byte[] text);
    }

    @Override
    public void take(byte[] piece, Consumer<SourceRecord> records) {
        int start = 0;
        for (int i = 0; i < piece.length; i++) {
            if (piece[i] == '\n') {
                keep(piece, start, i);
                give(records);
                line++;
                start = i + 1;
            }
        }
        keep(piece, start, piece.length);
    }

    @Override
    public void end(Consumer<SourceRecord> records) {
        give(records);
    }

    private void keep(byte[] piece, int from, int to) {
        if (rest.size() + (to - from) > LONGEST) {
            tooLong = true;
            rest.reset();
        }
        if (!tooLong) {
            rest.write(piece, from, to - from);
        }
    }

    private void give(Consumer<SourceRecord> records) {
        byte[] text = text();
        if (tooLong) {
            records.accept(new SourceRecord(
                    line, 0, null, RosterException.invalid("line", "must be at most " + LONGEST + " bytes")));
        } else if (!isBlank(text)) {
            records.accept(parser.parse(line, text));
        }
        tooLong = false;
        rest.reset();
    }

    private byte[] text() {
        byte[] text = rest.toByteArray();
        int from = line == 1 && text.length >= MARK.length && Arrays.equals(text, 0, MARK.length, MARK, 0, MARK.length)
                ? MARK.length
                : 0;
        int to = text.length > from && text[text.length - 1] == '\r' ? text.length - 1 : text.length;
        return Arrays.copyOfRange(text, from, to);
    }

    private static boolean isBlank(byte[] text) {
        for (byte b : text) {
            if (b != ' ' && b != '\t') {
                return false;
            }
        }
        return true;
    }
}
