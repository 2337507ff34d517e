package dev.roster.platform.error;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The one exception that features throw: a code, what exactly was wrong, and which fields it
 * concerns.
 */
public class RosterException extends RuntimeException {
    private final ErrorCode code;
    private final List<FieldError> fields;
    private final Duration retryAfter;

    private RosterException(
            ErrorCode code, String detail, List<FieldError> fields, Duration retryAfter, Throwable cause) {
        // No stack trace: these are answers, not faults, and an attacker can cause them at any
        // rate.
        super(detail, cause, false, false);
        this.code = code;
        this.fields = List.copyOf(fields);
        this.retryAfter = retryAfter;
    }

    /** An error of one named field that says more of itself. */
    protected RosterException(ErrorCode code, FieldError field) {
        this(code, field.sentence(), List.of(field), null, null);
    }

    /** An error that is told from others of its code. */
    protected RosterException(ErrorCode code) {
        this(code, code.title() + ".", List.of(), null, null);
    }

    /** An error to wait for that says more of itself. */
    protected RosterException(ErrorCode code, Duration retryAfter) {
        this(code, code.title() + ".", List.of(), retryAfter, null);
    }

    /** An error that its code says completely. */
    public static RosterException of(ErrorCode code) {
        return new RosterException(code);
    }

    /** An error with a sentence that names what it is about. */
    public static RosterException of(ErrorCode code, String detail) {
        return new RosterException(code, detail, List.of(), null, null);
    }

    /** A conflict or a bad value of one named field. */
    public static RosterException of(ErrorCode code, FieldError field) {
        return new RosterException(code, field);
    }

    /** A request that breaks the rules of its fields. */
    public static RosterException invalid(List<FieldError> fields) {
        String detail =
                String.join(" ", fields.stream().map(FieldError::sentence).toList());
        return new RosterException(ErrorCode.INVALID_REQUEST, detail, fields, null, null);
    }

    /** A request in which one field breaks a rule, in its body or elsewhere. */
    public static RosterException invalid(FieldError.Place place, String field, String rule) {
        return invalid(List.of(new FieldError(place, field, rule, false)));
    }

    /** A request in which one field breaks a rule. */
    public static RosterException invalid(String field, String rule) {
        return invalid(List.of(new FieldError(field, rule)));
    }

    /** A request too many; the same one may succeed after this time. */
    public static RosterException rateLimited(Duration retryAfter) {
        return new RosterException(ErrorCode.RATE_LIMITED, retryAfter);
    }

    /** A fault of the service or of its database; the cause is for the log only. */
    public static RosterException fault(ErrorCode code, Throwable cause) {
        return new RosterException(code, code.title() + ".", List.of(), null, cause);
    }

    public ErrorCode code() {
        return code;
    }

    /** The fields that are wrong; empty where the error is not about a field. */
    public List<FieldError> fields() {
        return fields;
    }

    /** When the request may be tried again; empty where waiting does not help or is not known. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
