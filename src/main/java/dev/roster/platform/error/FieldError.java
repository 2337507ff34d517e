package dev.roster.platform.error;

/**
 * One field of a request and the rule it breaks.
 *
 * @param place where in the request it stands
 * @param field its name as the client wrote it, e.g. {@code display_name}
 * @param rule what it must be, e.g. {@code must be 1 to 150 characters}
 */
public record FieldError(Place place, String field, String rule) {
    /** The parts of a request. */
    public enum Place {
        BODY,
        QUERY,
        PATH
    }

    /** A field of the body. */
    public FieldError(String field, String rule) {
        this(Place.BODY, field, rule);
    }

    /** Field and rule as one sentence. */
    public String sentence() {
        return field + ": " + rule + ".";
    }
}
