package dev.roster.api.kubiya;

import dev.roster.api.QueryParameters;
import dev.roster.platform.paging.Slice;
import dev.roster.security.Role;
import dev.roster.user.UserFilter;
import dev.roster.user.UserKind;
import jakarta.ws.rs.QueryParam;

/** The query of the list of users. */
public class KubiyaListQuery {
    private static final int LIMIT = 50;
    private static final int MAX_LIMIT = 1_000;

    @QueryParam("role")
    String role;

    @QueryParam("group")
    String group;

    @QueryParam("limit")
    String limit;

    @QueryParam("page")
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
