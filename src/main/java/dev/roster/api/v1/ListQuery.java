package dev.roster.api.v1;

import dev.roster.platform.error.RosterException;
import dev.roster.platform.validation.CanonicalText;
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads the query parameters of lists; each refusal names the parameter and its rule. */
final class ListQuery {
    private static final int MAX_LIMIT = 1_000;
    private static final int MAX_TEXT = 254;

    // Empty, they would be read as the first page again, and as all sessions.
    private static final Set<String> NEVER_EMPTY = Set.of("cursor", "except");

    private ListQuery() {}

    /**
     * Refuses a parameter that says several things; an empty one is as if it were absent, as in the
     * other contracts.
     */
    static void check(UriInfo uri) {
        uri.getQueryParameters().forEach((name, values) -> {
            if (values.size() != 1) {
                throw RosterException.invalid(name, "must be given once");
            }
            if (values.get(0).isEmpty() && NEVER_EMPTY.contains(name)) {
                throw RosterException.invalid(name, "must not be empty");
            }
        });
    }

    /** The page size; null where the client asks for the whole list. */
    static Integer limit(String limit) {
        if (limit == null) {
            return null;
        }
        if (!limit.matches("[0-9]{1,4}") || Integer.parseInt(limit) < 1 || Integer.parseInt(limit) > MAX_LIMIT) {
            throw RosterException.invalid("limit", "must be a whole number from 1 to " + MAX_LIMIT);
        }
        return Integer.valueOf(limit);
    }

    /** A cursor needs a page size. */
    static String cursor(String cursor, Integer limit) {
        if (cursor != null && limit == null) {
            throw RosterException.invalid("cursor", "must come with limit");
        }
        return cursor;
    }

    /** One of a closed set of words; null where the parameter is absent. */
    static <T> T word(String field, String value, Function<String, Optional<T>> words, String rule) {
        return value == null
                ? null
                : words.apply(value).orElseThrow(() -> RosterException.invalid(field, "must be one of " + rule));
    }

    /** A text to look for; null where the parameter is absent. */
    static String text(String field, String value) {
        if (value != null
                && (CanonicalText.isLonger(value, MAX_TEXT) || value.isBlank() || !CanonicalText.isPrintable(value))) {
            throw RosterException.invalid(
                    field, "must be 1 to " + MAX_TEXT + " characters, not blank, without control characters");
        }
        return value;
    }
}
