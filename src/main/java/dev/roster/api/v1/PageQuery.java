package dev.roster.api.v1;

import jakarta.ws.rs.QueryParam;

/** The query parameters of every list, as text: a wrong one is refused with its name and rule. */
public class PageQuery {
    @QueryParam("limit")
    String limit;

    @QueryParam("cursor")
    String cursor;

    Integer pageSize() {
        return ListQuery.limit(limit);
    }

    String place() {
        return ListQuery.cursor(cursor, pageSize());
    }
}
