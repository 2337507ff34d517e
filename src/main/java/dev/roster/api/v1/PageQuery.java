package dev.roster.api.v1;

import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/** The query parameters of every list, as text: a wrong one is refused with its name and rule. */
public class PageQuery {
    @QueryParam("limit")
    @Parameter(
            description = "The size of a page; without it, the whole list is sent.",
            schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "1000"))
    String limit;

    @QueryParam("cursor")
    @Parameter(
            description =
                    "Where the page starts: `next_cursor` of the page before. Needs `limit`, and the"
                            + " same filter and order as that page.",
            schema = @Schema(type = SchemaType.STRING, minLength = 1))
    String cursor;

    Integer pageSize() {
        return ListQuery.limit(limit);
    }

    String place() {
        return ListQuery.cursor(cursor, pageSize());
    }
}
