package dev.roster.transfer;

import java.util.function.Consumer;

/** Reads a file of one JSON object a line, whose end is LF or CRLF. A byte order mark and empty lines are passed over. */
public final class JsonLines implements RecordReader {
    private final RecordText rest = new RecordText();
    private long line = 1;

    @Override
    public void take(byte[] piece, Consumer<SourceRecord> records) {
        int start = 0;
        for (int i = 0; i < piece.length; i++) {
            if (piece[i] == '\n') {
                rest.add(piece, start, i);
                give(records);
                line++;
                start = i + 1;
            }
        }
        rest.add(piece, start, piece.length);
    }

    @Override
    public void end(Consumer<SourceRecord> records) {
        give(records);
    }

    private void give(Consumer<SourceRecord> records) {
        boolean tooLong = rest.isTooLong();
        byte[] text = RecordText.bare(rest.take(), line == 1);
        if (tooLong) {
            records.accept(RecordText.tooLong(line));
        } else if (!RecordText.isBlank(text)) {
            records.accept(ImportedJson.record(line, text));
        }
    }
}
