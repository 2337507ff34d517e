package dev.roster.api.v1;

import dev.roster.api.QueryParameters;
import dev.roster.user.UserFilter;
import dev.roster.user.UserKind;
import dev.roster.user.UserSort;
import jakarta.ws.rs.QueryParam;
import java.util.Objects;

/**
 * The query parameters of the list of users, as text: a wrong one is refused with its name and
 * rule.
 */
public class UserListQuery extends PageQuery {
    @QueryParam("role")
    String role;

    @QueryParam("status")
    String status;

    @QueryParam("kind")
    String kind;

    @QueryParam("group")
    String group;

    @QueryParam("email")
    String email;

    @QueryParam("q")
    String search;

    @QueryParam("sort")
    String sort;

    UserFilter filter() {
        UserKind wanted = QueryParameters.word("kind", kind, UserKind.class);
        return UserFilter.of(
                        Objects.requireNonNullElse(wanted, UserKind.PERSON),
                        QueryParameters.role(role),
                        QueryParameters.userStatus(status),
                        QueryParameters.text("group", group))
                .and(QueryParameters.text("email", email), QueryParameters.text("q", search));
    }

    UserSort order() {
        UserSort wanted = QueryParameters.word("sort", sort, UserSort.class);
        return Objects.requireNonNullElse(wanted, UserSort.NAME);
    }
}
