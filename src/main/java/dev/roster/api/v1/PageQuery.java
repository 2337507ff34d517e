package dev.roster.api.v1;

import dev.roster.api.QueryParameters;
import dev.roster.platform.error.RosterException;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.UriInfo;
import java.util.Set;

/** The query parameters of every list, as text: a wrong one is refused with its name and rule. */
public class PageQuery {
    private static final int MAX_LIMIT = 1_000;

    // Empty, they would be read as the first page again, and as all sessions.
    private static final Set<String> NEVER_EMPTY = Set.of("cursor", "except");

    @QueryParam("limit")
    String limit;

    @QueryParam("cursor")
    String cursor;

    /**
     * Refuses a parameter that says several things; an empty one is as if it were absent, as in the
     * other contracts.
     */
    static void check(UriInfo uri) {
        QueryParameters.requireOnce(uri);
        uri.getQueryParameters().forEach((name, values) -> {
            if (values.get(0).isEmpty() && NEVER_EMPTY.contains(name)) {
                throw RosterException.invalid(name, "must not be empty");
            }
        });
    }

    /** How many a page has; null where the client asks for the whole list. */
    Integer pageSize() {
        return limit == null ? null : Integer.valueOf(QueryParameters.number("limit", limit, 0, 1, MAX_LIMIT));
    }

    /** Where the page begins, which only a page of a size does. */
    String place() {
        if (cursor != null && pageSize() == null) {
            throw RosterException.invalid("cursor", "must come with limit");
        }
        return cursor;
    }
}
