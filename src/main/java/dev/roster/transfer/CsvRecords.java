package dev.roster.transfer;

import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import dev.roster.platform.error.RosterException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Reads CSV with a header (RFC 4180): comma, semicolon or tab between cells, as the header has them, and quoted cells of
 * any number of lines. Lines end with LF, CR LF or CR. Each record is an object of texts by the name of their column; a
 * cell without anything, not even quotes, is left out. A line is where a record begins.
 */
public final class CsvRecords implements RecordReader {
    private static final CsvMapper CSV = CsvMapper.builder()
            .enable(CsvParser.Feature.EMPTY_UNQUOTED_STRING_AS_NULL)
            .build();

    private static final String SEPARATORS = "\t;,";

    private final UnaryOperator<String> names;
    private final RecordText text = new RecordText();
    private List<String> header;
    private ObjectReader cells;
    private char separator;
    private State state = State.BEGIN;
    private long line = 1;
    private long begin = 1;
    private boolean returned;
    private boolean over;
    private boolean cut;

    /** Where in a record the next byte is. */
    private enum State {
        BEGIN,
        PLAIN,
        QUOTED,
        // Behind a quote: the cell is over, unless another one follows
        QUOTE
    }

    /** @param names makes of a cell of the header the name of its column */
    public CsvRecords(UnaryOperator<String> names) {
        this.names = names;
    }

    @Override
    public void take(byte[] piece, Consumer<SourceRecord> records) {
        int start = 0;
        for (int i = 0; i < piece.length; i++) {
            boolean second = piece[i] == '\n' && returned;
            returned = piece[i] == '\r';
            boolean end = returned || (piece[i] == '\n' && !second);
            line += end ? 1 : 0;
            if (state == State.QUOTED || !(end || second)) {
                step(piece[i]);
            } else {
                if (end) {
                    text.add(piece, start, i);
                    give(records);
                }
                start = i + 1;
            }
        }
        text.add(piece, start, piece.length);
    }

    private void step(byte next) {
        if (state == State.QUOTED) {
            state = next == '"' ? State.QUOTE : State.QUOTED;
        } else if (next == '"' && state != State.PLAIN) {
            state = State.QUOTED;
        } else if (header != null || !RecordText.isMark(next)) {
            state = isSeparator(next) ? State.BEGIN : State.PLAIN;
        }
    }

    private boolean isSeparator(byte next) {
        return header == null ? SEPARATORS.indexOf(next) >= 0 : next == separator;
    }

    @Override
    public void end(Consumer<SourceRecord> records) {
        over = true;
        give(records);
        if (header == null) {
            throw RosterException.invalid("line", "must be a header with the names of the columns");
        }
    }

    /** The end of the last line may be absent (RFC 4180), but not cells as well. */
    @Override
    public boolean isCut() {
        return cut;
    }

    private void give(Consumer<SourceRecord> records) {
        long from = begin;
        begin = line;
        state = State.BEGIN;
        boolean tooLong = text.isTooLong();
        byte[] record = RecordText.bare(text.take(), from == 1);
        if (tooLong) {
            records.accept(RecordText.tooLong(from));
        } else if (header == null && !RecordText.isBlank(record)) {
            readHeader(record);
        } else if (!RecordText.isBlank(record)) {
            records.accept(read(from, record));
        }
    }

    private void readHeader(byte[] record) {
        separator = mostFrequent(new String(record, StandardCharsets.UTF_8));
        cells = CSV.readerFor(String[].class).with(CsvSchema.emptySchema().withColumnSeparator(separator));
        try {
            header = Arrays.stream(cells(record))
                    .map(cell -> cell == null ? "" : names.apply(cell.strip()))
                    .toList();
        } catch (IOException unreadable) {
            throw RosterException.invalid("line", "must be a header with the names of the columns");
        }
        Set<String> once = new HashSet<>();
        for (String name : header) {
            if (!name.isEmpty() && !once.add(name)) {
                throw RosterException.invalid(name, "must be the name of one column only");
            }
        }
    }

    private static char mostFrequent(String header) {
        return (char) SEPARATORS
                .chars()
                .mapToObj(candidate -> candidate)
                .max(Comparator.comparingLong(candidate -> count(header, candidate)))
                .orElseThrow()
                .intValue();
    }

    private static long count(String header, int wanted) {
        return header.chars().filter(c -> c == wanted).count();
    }

    private SourceRecord read(long from, byte[] record) {
        try {
            String[] values = cells(record);
            if (values.length > header.size()) {
                return SourceRecord.refused(from, "must have at most " + header.size() + " cells, as the header");
            }
            cut = over && values.length < header.size();
            ObjectNode row = JsonNodeFactory.instance.objectNode();
            for (int i = 0; i < values.length; i++) {
                if (values[i] != null && !header.get(i).isEmpty()) {
                    row.put(header.get(i), values[i]);
                }
            }
            return new SourceRecord(from, record.length, row, null);
        } catch (IOException unreadable) {
            return SourceRecord.refused(from, "must be CSV in UTF-8, with both quotes of a cell");
        }
    }

    private String[] cells(byte[] record) throws IOException {
        return cells.readValue(RecordText.decoded(record));
    }
}
