package dev.roster.api.v1;

import dev.roster.api.QueryParameters;
import dev.roster.platform.error.RosterException;
import jakarta.ws.rs.core.UriInfo;
import java.util.Set;

/** Reads the query parameters of lists; each refusal names the parameter and its rule. */
final class ListQuery {
    private static final int MAX_LIMIT = 1_000;

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
        return limit == null ? null : Integer.valueOf(QueryParameters.number("limit", limit, 0, 1, MAX_LIMIT));
    }

    /** A cursor needs a page size. */
    static String cursor(String cursor, Integer limit) {
        if (cursor != null && limit == null) {
            throw RosterException.invalid("cursor", "must come with limit");
        }
        return cursor;
    }
}
