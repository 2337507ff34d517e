package dev.roster.api.error;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;
import dev.roster.platform.json.StrictJson;
import dev.roster.platform.validation.Word;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Says what is wrong with a JSON body, in terms of its fields and never of our classes. */
final class BodyErrors {
    // The parser has no type of its own for this.
    private static final Pattern DUPLICATE = Pattern.compile("Duplicate field '(.*)'");

    private BodyErrors() {}

    static RosterException translate(JsonProcessingException failure) {
        if (failure instanceof StreamConstraintsException) {
            return RosterException.invalid("body", StrictJson.LIMITS);
        }
        if (failure instanceof UnrecognizedPropertyException unknown) {
            return RosterException.invalid(path(unknown), "is not a field of this request");
        }
        if (failure instanceof MismatchedInputException mismatch
                && !mismatch.getPath().isEmpty()) {
            return RosterException.invalid(path(mismatch), rule(mismatch.getTargetType()));
        }
        if (failure instanceof MismatchedInputException mismatch) {
            return RosterException.invalid("body", bodyRule(mismatch));
        }
        if (failure instanceof JsonMappingException number
                && number.getCause() instanceof InputCoercionException
                && !number.getPath().isEmpty()) {
            return RosterException.invalid(path(number), rule(Integer.class));
        }
        if (failure instanceof JsonMappingException mapping
                && mapping.getCause() instanceof JsonProcessingException cause) {
            return translate(cause);
        }
        Matcher duplicate = DUPLICATE.matcher(failure.getOriginalMessage());
        if (duplicate.lookingAt()) {
            return RosterException.invalid(duplicate.group(1), "must be given only once");
        }
        JsonLocation at = failure.getLocation();
        String where = at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
        return RosterException.of(ErrorCode.MALFORMED_JSON, "The body is not well-formed JSON" + where + ".");
    }

    private static String bodyRule(MismatchedInputException mismatch) {
        // The parser has no type of its own for this either.
        return mismatch.getOriginalMessage().startsWith("Trailing token")
                ? "must be one JSON object, with nothing behind it"
                : "must be a JSON object";
    }

    private static String path(JsonMappingException failure) {
        return failure.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                .collect(Collectors.joining("."))
                .replace(".[", "[");
    }

    private static String rule(Class<?> type) {
        if (type == null) {
            return "has a wrong value";
        }
        if (Word.class.isAssignableFrom(type)) {
            return Word.rule(type.asSubclass(Word.class));
        }
        if (type == Instant.class) {
            return "must be a time such as 2030-01-31T12:00:00Z";
        }
        if (type == UUID.class) {
            return "must be a UUID";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "must be true or false";
        }
        if (Number.class.isAssignableFrom(type) || type.isPrimitive()) {
            return "must be a whole number";
        }
        if (Collection.class.isAssignableFrom(type)) {
            return "must be an array";
        }
        return type == String.class ? "must be a string" : objectRule(type);
    }

    private static String objectRule(Class<?> type) {
        return Map.class.isAssignableFrom(type) || type.isRecord() ? "must be an object" : "has a wrong type";
    }
}
