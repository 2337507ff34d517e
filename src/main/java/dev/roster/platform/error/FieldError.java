package dev.roster.platform.error;

/**
 * One field of a request and the rule it breaks.
 *
 * @param place where in the request it stands
 * @param field its name as the client wrote it, e.g. {@code display_name}
 * @param rule what it must be, e.g. {@code must be 1 to 150 characters}
 * @param missing whether it is not there at all
 */
public record FieldError(Place place, String field, String rule, boolean missing) {
    /** The rule of a field that must be there. */
    public static final String REQUIRED = "is required";

    /** The parts of a request. */
    public enum Place {
        BODY,
        QUERY,
        PATH
    }

    /** A field of the body that has a wrong value. */
    public FieldError(String field, String rule) {
        this(Place.BODY, field, rule, false);
    }

    /** A field that must be there and is not. */
    public static FieldError missing(Place place, String field) {
        return new FieldError(place, field, REQUIRED, true);
    }

    /** Field and rule as one sentence. */
    public String sentence() {
        return field + ": " + rule + ".";
    }
}
