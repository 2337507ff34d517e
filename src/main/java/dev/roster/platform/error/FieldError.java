package dev.roster.platform.error;

/**
 * One field of a request and the rule it breaks.
 *
 * @param field its name as the client wrote it, e.g. {@code display_name}
 * @param rule what it must be, e.g. {@code must be 1 to 150 characters}
 */
public record FieldError(String field, String rule) {

    /** Field and rule as one sentence. */
    public String sentence() {
        return field + ": " + rule + ".";
    }
}
