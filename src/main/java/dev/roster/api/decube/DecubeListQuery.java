package dev.roster.api.decube;

import dev.roster.api.QueryParameters;
import dev.roster.platform.paging.Slice;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/** The query of the list of users. */
public class DecubeListQuery {
    private static final int PAGE_SIZE = 10;
    private static final int MAX_PAGE_SIZE = 100;

    @QueryParam("page")
    @Parameter(
            description = "The first page is 1.",
            schema =
                    @Schema(
                            type = SchemaType.INTEGER,
                            minimum = "1",
                            maximum = "1000001",
                            defaultValue = "1"))
    String page;

    @QueryParam("page_size")
    @Parameter(
            schema =
                    @Schema(
                            type = SchemaType.INTEGER,
                            minimum = "1",
                            maximum = "100",
                            defaultValue = "10"))
    String pageSize;

    Slice slice() {
        return Slice.ofPage(
                QueryParameters.number("page", page, 1, 1, Slice.MAX_PAGE),
                QueryParameters.number("page_size", pageSize, PAGE_SIZE, 1, MAX_PAGE_SIZE));
    }
}
