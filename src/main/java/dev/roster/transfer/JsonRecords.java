package dev.roster.transfer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.async.ByteArrayFeeder;
import dev.roster.platform.json.StrictJson;
import java.io.IOException;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Reads the objects of a JSON file while it comes: one behind the other, the elements of an array, or those of an array
 * in an object, of which there may be several. A line is which of them it is. What is no JSON ends the file.
 */
public final class JsonRecords implements RecordReader {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(LONGEST)
                    .maxNameLength(StrictJson.MAX_NAME)
                    .maxNumberLength(LONGEST)
                    .build())
            .build();

    private static final int OUTSIDE = -1;
    private static final long UNTOLD = -1;
    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

    private final Predicate<String> arrays;
    private final Predicate<String> totals;
    private final JsonParser parser;
    private final ByteArrayFeeder feeder;
    private final RecordText text = new RecordText();
    private byte[] piece = {};
    // How many bytes of JSON there were before this piece
    private long before;
    private int marks;
    // Where the record, or the rest of it, begins in the piece; -1 outside of one
    private int begin = OUTSIDE;
    private int depth;
    // Of the array whose elements are records; the whole file is one of depth 0
    private int listDepth;
    private String field;
    private boolean broken;
    private long line;
    // Of the outermost object that is read, and whether it is a list at all
    private boolean list;
    private long told = UNTOLD;
    private long total = UNTOLD;

    /**
     * One for files of these fields of the outermost object.
     *
     * @param arrays those whose elements are the records
     * @param totals those beside them that say how many records there are, also where they come in several such objects
     */
    public JsonRecords(Predicate<String> arrays, Predicate<String> totals) {
        this.arrays = arrays;
        this.totals = totals;
        try {
            parser = FACTORY.createNonBlockingByteArrayParser();
        } catch (IOException never) {
            throw new IllegalStateException(never);
        }
        feeder = (ByteArrayFeeder) parser.getNonBlockingInputFeeder();
    }

    @Override
    public void take(byte[] piece, Consumer<SourceRecord> records) {
        if (broken || piece.length == 0) {
            return;
        }
        try {
            feed(withoutMark(piece), records);
        } catch (IOException wrong) {
            end(records, wrong);
        }
    }

    private void feed(byte[] json, Consumer<SourceRecord> records) throws IOException {
        piece = json;
        feeder.feedInput(json, 0, json.length);
        read(records);
        if (begin != OUTSIDE) {
            text.add(json, begin, json.length);
            begin = 0;
        }
        before += json.length;
    }

    /**
     * The piece without what is in it of the byte order mark that a file may begin with (RFC 8259 section 8.1). What began
     * as one and is none comes with what follows it.
     */
    private byte[] withoutMark(byte[] piece) {
        int from = 0;
        while (before == 0
                && from < piece.length
                && marks < RecordText.MARK.length
                && piece[from] == RecordText.MARK[marks]) {
            from++;
            marks++;
        }
        if (isCutMark() && from < piece.length) {
            byte[] all = Arrays.copyOf(RecordText.MARK, marks + piece.length - from);
            System.arraycopy(piece, from, all, marks, piece.length - from);
            return all;
        }
        return from == 0 ? piece : Arrays.copyOfRange(piece, from, piece.length);
    }

    /** Whether all there was is the beginning of a byte order mark. */
    private boolean isCutMark() {
        return before == 0 && marks > 0 && marks < RecordText.MARK.length;
    }

    @Override
    public void end(Consumer<SourceRecord> records) {
        if (broken) {
            return;
        }
        try {
            if (isCutMark()) {
                feed(Arrays.copyOf(RecordText.MARK, marks), records);
            }
            feeder.endOfInput();
            read(records);
        } catch (IOException wrong) {
            end(records, wrong);
        }
    }

    private void end(Consumer<SourceRecord> records, IOException wrong) {
        broken = true;
        records.accept(SourceRecord.refused(++line, wrong));
    }

    private void read(Consumer<SourceRecord> records) throws IOException {
        JsonToken token = parser.nextToken();
        while (token != null && token != JsonToken.NOT_AVAILABLE) {
            take(token, records);
            token = parser.nextToken();
        }
    }

    private void take(JsonToken token, Consumer<SourceRecord> records) throws IOException {
        if (token.isStructEnd()) {
            depth--;
        }
        if (isList(token)) {
            listDepth = depth + 1;
            list = depth == 1;
            leave();
        } else if (token == JsonToken.END_ARRAY && depth == listDepth - 1 && listDepth > 0) {
            listDepth = 0;
        } else if (depth == listDepth && !token.isStructEnd()) {
            begin(token, records);
        } else if (depth == listDepth && begin != OUTSIDE) {
            complete(records);
        }
        tell(token);
        if (token.isStructStart()) {
            depth++;
        }
    }

    private boolean isList(JsonToken token) {
        return token == JsonToken.START_ARRAY && (depth == 0 || (depth == 1 && listDepth == 0 && isField(arrays)));
    }

    private boolean isField(Predicate<String> names) {
        return field != null && names.test(field);
    }

    /** Takes what the outermost object says of itself; its total may stand before its records, or behind them. */
    private void tell(JsonToken token) throws IOException {
        if (depth == 1 && listDepth == 0 && token.isScalarValue() && isField(totals)) {
            String text = parser.getText();
            told = NUMBER.matcher(text).matches() ? Long.parseLong(text) : told;
        } else if (depth == 0 && token == JsonToken.END_OBJECT) {
            total = list ? Math.max(total, told) : total;
            list = false;
            told = UNTOLD;
        }
        field = depth == 1 && token == JsonToken.FIELD_NAME ? parser.currentName() : null;
    }

    @Override
    public OptionalLong total() {
        return total == UNTOLD ? OptionalLong.empty() : OptionalLong.of(total);
    }

    private void begin(JsonToken token, Consumer<SourceRecord> records) {
        if (token == JsonToken.START_OBJECT) {
            begin = offset() - 1;
        } else {
            records.accept(SourceRecord.refused(++line, "must be a JSON object"));
        }
    }

    private void complete(Consumer<SourceRecord> records) {
        text.add(piece, begin, offset());
        boolean tooLong = text.isTooLong();
        byte[] record = leave();
        records.accept(tooLong ? RecordText.tooLong(++line) : ImportedJson.record(++line, record));
    }

    /** What was read of the record, which is over. */
    private byte[] leave() {
        begin = OUTSIDE;
        return text.take();
    }

    /** How many bytes of the piece are read. */
    private int offset() {
        return (int) (parser.currentLocation().getByteOffset() - before);
    }
}
