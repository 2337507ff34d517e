package dev.roster.api.v1;

import dev.roster.security.Role;
import dev.roster.user.UserFilter;
import dev.roster.user.UserKind;
import dev.roster.user.UserSort;
import dev.roster.user.UserStatus;
import jakarta.ws.rs.QueryParam;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/**
 * The query parameters of the list of users, as text: a wrong one is refused with its name and
 * rule.
 */
public class UserListQuery extends PageQuery {
    @QueryParam("role")
    @Parameter(schema = @Schema(implementation = Role.class))
    String role;

    @QueryParam("status")
    @Parameter(schema = @Schema(implementation = UserStatus.class))
    String status;

    @QueryParam("kind")
    @Parameter(
            schema =
                    @Schema(
                            type = SchemaType.STRING,
                            enumeration = {"person", "service"},
                            defaultValue = "person"))
    String kind;

    @QueryParam("group")
    @Parameter(
            description = "The name of a group that the user is in.",
            schema = @Schema(ref = "SearchText"))
    String group;

    @QueryParam("email")
    @Parameter(
            description = "The whole e-mail address, in any case.",
            schema = @Schema(ref = "SearchText"))
    String email;

    @QueryParam("q")
    @Parameter(
            description = "The start of, or something like, a name or e-mail address.",
            schema = @Schema(ref = "SearchText"))
    String search;

    @QueryParam("sort")
    @Parameter(
            schema =
                    @Schema(
                            type = SchemaType.STRING,
                            enumeration = {"name", "-name", "created_at", "-created_at"},
                            defaultValue = "name"))
    String sort;

    UserFilter filter() {
        UserKind wanted = ListQuery.word("kind", kind, UserKind::of, "person, service");
        return new UserFilter(
                Objects.requireNonNullElse(wanted, UserKind.PERSON),
                ListQuery.word("role", role, Role::of, "admin, member, viewer"),
                ListQuery.word(
                        "status", status, UserStatus::of, "active, deactivated, pending_sign_up"),
                null,
                ListQuery.text("group", group),
                ListQuery.text("email", email),
                ListQuery.text("q", search),
                null,
                null,
                null);
    }

    UserSort order() {
        UserSort wanted =
                ListQuery.word("sort", sort, UserSort::of, "name, -name, created_at, -created_at");
        return Objects.requireNonNullElse(wanted, UserSort.NAME);
    }
}
