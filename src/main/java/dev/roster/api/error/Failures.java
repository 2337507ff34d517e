package dev.roster.api.error;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.FieldError;
import dev.roster.platform.error.RosterException;
import dev.roster.platform.http.BodyStream;
import jakarta.inject.Singleton;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import jakarta.ws.rs.WebApplicationException;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Turns whatever went wrong into the one exception that contracts render. */
@Singleton
public class Failures {
    private final DatabaseErrors database;

    Failures(DatabaseErrors database) {
        this.database = database;
    }

    public RosterException translate(Throwable failure) {
        if (failure instanceof RosterException known) {
            return known;
        }
        if (failure instanceof ConstraintViolationException violations) {
            return RosterException.invalid(violations.getConstraintViolations().stream()
                    .map(Failures::fieldError)
                    .sorted(Comparator.comparing(FieldError::field))
                    .distinct()
                    .toList());
        }
        if (failure instanceof JsonProcessingException body) {
            return BodyErrors.translate(body);
        }
        if (failure instanceof CharacterCodingException) {
            return RosterException.of(ErrorCode.MALFORMED_JSON, "The body must be UTF-8 text without NUL.");
        }
        if (failure instanceof BodyStream.Left) {
            return RosterException.of(ErrorCode.INVALID_REQUEST, "The body ended before it was whole.");
        }
        if (failure instanceof WebApplicationException http) {
            return http(http);
        }
        return database.translate(failure).orElseGet(() -> RosterException.fault(ErrorCode.INTERNAL_ERROR, failure));
    }

    private RosterException http(WebApplicationException failure) {
        if (failure.getCause() != null) {
            RosterException cause = translate(failure.getCause());
            if (cause.code() != ErrorCode.INTERNAL_ERROR) {
                return cause;
            }
        }
        RosterException error = ofStatus(failure.getResponse().getStatus());
        return error.code() == ErrorCode.INTERNAL_ERROR
                ? RosterException.fault(ErrorCode.INTERNAL_ERROR, failure)
                : error;
    }

    /** What an HTTP status says by itself. */
    static RosterException ofStatus(int status) {
        return switch (status) {
            case 400 -> RosterException.of(ErrorCode.INVALID_REQUEST);
            case 401 -> RosterException.of(ErrorCode.INVALID_TOKEN);
            case 403 -> RosterException.of(ErrorCode.FORBIDDEN);
            case 404 -> RosterException.of(ErrorCode.NOT_FOUND);
            case 405 -> RosterException.of(ErrorCode.METHOD_NOT_ALLOWED);
            case 406 -> RosterException.of(ErrorCode.NOT_ACCEPTABLE);
            case 413 -> RosterException.of(ErrorCode.PAYLOAD_TOO_LARGE);
            case 414 -> RosterException.of(ErrorCode.URI_TOO_LONG);
            case 415 -> RosterException.of(ErrorCode.UNSUPPORTED_MEDIA_TYPE);
            case 431 -> RosterException.of(ErrorCode.HEADERS_TOO_LARGE);
            default -> RosterException.of(ErrorCode.INTERNAL_ERROR);
        };
    }

    private static FieldError fieldError(ConstraintViolation<?> violation) {
        List<String> names = new ArrayList<>();
        for (Path.Node node : violation.getPropertyPath()) {
            if (node.getKind() == ElementKind.PROPERTY) {
                names.add(SnakeCaseStrategy.INSTANCE.translate(node.getName()));
            }
            if (node.getIndex() != null && !names.isEmpty()) {
                names.set(names.size() - 1, names.get(names.size() - 1) + "[" + node.getIndex() + "]");
            }
        }
        String field = names.isEmpty() ? "body" : String.join(".", names);
        boolean missing = violation.getInvalidValue() == null;
        return new FieldError(FieldError.Place.BODY, field, violation.getMessage(), missing);
    }
}
