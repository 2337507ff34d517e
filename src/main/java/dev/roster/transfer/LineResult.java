package dev.roster.transfer;

import dev.roster.platform.validation.Word;
import java.util.UUID;

/**
 * What became of a line, or of an account that is in none.
 *
 * @param line null for an account that is in no line
 * @param id of the account; null where there is none
 * @param refusal null where it is no error
 */
public record LineResult(Long line, String name, UUID id, Outcome outcome, Throwable refusal) {

    /** What may become of a line. */
    public enum Outcome implements Word {
        CREATED,
        UPDATED,
        UNCHANGED,
        DEACTIVATED,
        ERROR
    }

    static LineResult error(Line line, Throwable refusal) {
        return new LineResult(line.number(), line.name(), null, Outcome.ERROR, refusal);
    }
}
