package dev.roster.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roster.platform.error.RosterException;

/**
 * One record of a file, as it stands there.
 *
 * @param line where it begins; of an array, which of its elements it is
 * @param size its bytes
 * @param json null where it cannot be read
 * @param refusal why it cannot be read; null where it can
 */
public record SourceRecord(long line, int size, JsonNode json, Throwable refusal) {
    static SourceRecord refused(long line, Throwable refusal) {
        return new SourceRecord(line, 0, null, refusal);
    }

    static SourceRecord refused(long line, String rule) {
        return refused(line, RosterException.invalid("line", rule));
    }
}
