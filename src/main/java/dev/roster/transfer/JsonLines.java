package dev.roster.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.roster.platform.error.RosterException;
import java.io.IOException;

/** Reads a file of one JSON object a line. */
public final class JsonLines {
    private JsonLines() {}

    /** A reader of one file. */
    public static RecordReader reader(ObjectMapper json) {
        return new LineReader((line, text) -> parse(json, line, text));
    }

    private static SourceRecord parse(ObjectMapper json, long line, byte[] text) {
        try {
            JsonNode node = json.readTree(text);
            return node.isObject()
                    ? new SourceRecord(line, text.length, node, null)
                    : refused(line, RosterException.invalid("line", "must be a JSON object"));
        } catch (IOException unreadable) {
            return refused(line, unreadable);
        }
    }

    private static SourceRecord refused(long line, Throwable refusal) {
        return new SourceRecord(line, 0, null, refusal);
    }
}
