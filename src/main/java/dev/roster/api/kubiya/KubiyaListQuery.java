package dev.roster.api.kubiya;

import dev.roster.api.QueryParameters;
import dev.roster.platform.paging.Slice;
import dev.roster.security.Role;
import dev.roster.user.UserFilter;
import dev.roster.user.UserKind;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/** The query of the list of users. */
public class KubiyaListQuery {
    private static final int LIMIT = 50;
    private static final int MAX_LIMIT = 1_000;

    @QueryParam("role")
    @Parameter(schema = @Schema(implementation = Role.class))
    String role;

    @QueryParam("group")
    @Parameter(
            description = "The name of a group that the user is in.",
            schema = @Schema(ref = "SearchText"))
    String group;

    @QueryParam("limit")
    @Parameter(
            schema =
                    @Schema(
                            type = SchemaType.INTEGER,
                            minimum = "1",
                            maximum = "1000",
                            defaultValue = "50"))
    String limit;

    @QueryParam("page")
    @Parameter(
            description = "The first page is 1.",
            schema = @Schema(type = SchemaType.INTEGER, minimum = "1", defaultValue = "1"))
    String page;

    UserFilter filter() {
        return new UserFilter(
                UserKind.PERSON,
                QueryParameters.word("role", role, Role::of, "admin, member, viewer"),
                null,
                null,
                QueryParameters.text("group", group),
                null,
                null,
                null,
                null,
                null);
    }

    Slice slice() {
        return Slice.ofPage(
                QueryParameters.number("page", page, 1, 1, Integer.MAX_VALUE),
                QueryParameters.number("limit", limit, LIMIT, 1, MAX_LIMIT));
    }
}
