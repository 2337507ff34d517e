package dev.roster.api.kubiya;

import dev.roster.api.QueryParameters;
import dev.roster.platform.paging.Slice;
import dev.roster.user.UserFilter;
import dev.roster.user.UserKind;
import jakarta.ws.rs.QueryParam;
import java.util.Set;

/** The query of the list of users. */
public class KubiyaListQuery {
    static final Set<String> NAMES = Set.of("role", "group", "status", "limit", "page");

    private static final int LIMIT = 50;
    private static final int MAX_LIMIT = 1_000;

    @QueryParam("role")
    String role;

    @QueryParam("group")
    String group;

    @QueryParam("status")
    String status;

    @QueryParam("limit")
    String limit;

    @QueryParam("page")
    String page;

    UserFilter filter() {
        return UserFilter.of(
                UserKind.PERSON,
                QueryParameters.role(role),
                QueryParameters.userStatus(status),
                QueryParameters.text("group", group));
    }

    Slice slice() {
        int size = QueryParameters.number("limit", limit, LIMIT, 0, MAX_LIMIT);
        int wanted = QueryParameters.number("page", page, 1, 1, Slice.MAX_PAGE);
        // The control plane of Kubiya asks for all users by 0.
        return size == 0 ? Slice.ofAll(wanted) : Slice.ofPage(wanted, size);
    }
}
