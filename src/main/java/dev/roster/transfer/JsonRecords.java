package dev.roster.transfer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.async.ByteArrayFeeder;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import dev.roster.platform.error.RosterException;
import java.io.IOException;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reads the objects of a JSON file while it comes: one behind the other, the elements of an array, or those of an array
 * in the object that the file is. A line is which of them it is. What is no JSON ends the file.
 */
public final class JsonRecords implements RecordReader {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxStringLength(LONGEST).build())
            .build();

    private static final ObjectReader JSON =
            new ObjectMapper(FACTORY).reader().without(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES);

    private final Set<String> arrays;
    private final JsonParser parser;
    private final ByteArrayFeeder feeder;
    private TokenBuffer record;
    private long recordBegin;
    private int depth;
    // Of the array whose elements are records; the whole file is one of depth 0
    private int listDepth;
    private boolean named;
    private boolean passing;
    private boolean broken;
    private long line;

    /** @param arrays the fields of the outermost object whose elements are the records */
    public JsonRecords(Set<String> arrays) {
        this.arrays = arrays;
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
            feeder.feedInput(piece, 0, piece.length);
            read(records);
        } catch (IOException wrong) {
            end(records, wrong);
        }
    }

    @Override
    public void end(Consumer<SourceRecord> records) {
        if (broken) {
            return;
        }
        try {
            feeder.endOfInput();
            read(records);
        } catch (IOException wrong) {
            end(records, wrong);
        }
    }

    private void end(Consumer<SourceRecord> records, IOException wrong) {
        broken = true;
        records.accept(new SourceRecord(++line, 0, null, wrong));
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
            record = null;
            passing = false;
        } else if (token == JsonToken.END_ARRAY && depth == listDepth - 1 && listDepth > 0) {
            // What else is in the outermost object is of no interest
            listDepth = 0;
            passing = depth > 0;
        } else if (depth == listDepth && !token.isStructEnd()) {
            begin(token, records);
        } else {
            copy();
            if (depth == listDepth && token.isStructEnd()) {
                complete(records);
            }
        }
        named = depth == 1 && token == JsonToken.FIELD_NAME && arrays.contains(parser.currentName());
        if (token.isStructStart()) {
            depth++;
        }
    }

    private boolean isList(JsonToken token) {
        return token == JsonToken.START_ARRAY && (depth == 0 || (depth == 1 && listDepth == 0 && named));
    }

    private void begin(JsonToken token, Consumer<SourceRecord> records) throws IOException {
        if (token == JsonToken.START_OBJECT) {
            record = new TokenBuffer(parser).forceUseOfBigDecimal(true);
            recordBegin = offset();
            copy();
        } else {
            passing = token.isStructStart();
            records.accept(new SourceRecord(++line, 0, null, RosterException.invalid("line", "must be a JSON object")));
        }
    }

    private void copy() throws IOException {
        if (record != null) {
            record.copyCurrentEvent(parser);
            if (offset() - recordBegin > LONGEST) {
                record = null;
            }
        }
    }

    private void complete(Consumer<SourceRecord> records) throws IOException {
        if (record != null) {
            int size = (int) (offset() - recordBegin);
            records.accept(new SourceRecord(++line, size, JSON.readTree(record.asParser()), null));
        } else if (!passing) {
            records.accept(RecordText.tooLong(++line));
        }
        record = null;
        passing = false;
    }

    private long offset() {
        return parser.currentLocation().getByteOffset();
    }
}
