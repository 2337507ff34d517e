package dev.roster.transfer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.roster.platform.error.RosterException;
import dev.roster.platform.json.StrictJson;
import java.io.IOException;

/** Reads the JSON of an import as bodies are read, wherever in its file it stands. */
public final class ImportedJson {
    private static final ObjectReader STRICT = StrictJson.reader();

    private ImportedJson() {}

    /** A record of a file: an object. */
    static SourceRecord record(long line, byte[] text) {
        try {
            JsonNode node = STRICT.readTree(text);
            return node.isObject()
                    ? new SourceRecord(line, text.length, node, null)
                    : SourceRecord.refused(line, "must be a JSON object");
        } catch (IOException unreadable) {
            return SourceRecord.refused(line, unreadable);
        }
    }

    /**
     * The JSON that the text of a field is, a level deeper than the text.
     *
     * @param rule which the field breaks where it is none
     */
    public static JsonNode within(String field, String text, String rule) {
        try {
            JsonNode only = STRICT.readTree("[" + text + "]");
            if (only.size() == 1) {
                return only.get(0);
            }
        } catch (StreamConstraintsException beyond) {
            throw RosterException.invalid(field, StrictJson.LIMITS);
        } catch (JsonProcessingException wrong) {
            // The parser has no type of its own for this
            if (wrong.getOriginalMessage().startsWith("Duplicate field")) {
                throw RosterException.invalid(field, "must name each of its fields only once");
            }
        }
        throw RosterException.invalid(field, rule);
    }
}
