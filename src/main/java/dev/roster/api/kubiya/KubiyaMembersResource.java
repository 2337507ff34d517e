package dev.roster.api.kubiya;

import dev.roster.caller.Caller;
import dev.roster.caller.Scope;
import dev.roster.group.Groups;
import dev.roster.group.Memberships;
import dev.roster.platform.error.FieldError;
import dev.roster.user.UserReference;
import io.quarkus.security.PermissionsAllowed;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Puts users into groups, at what clients know as {@code /api/v1/users/groups}. */
@Path(KubiyaPaths.USERS + "/groups/{id}")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class KubiyaMembersResource {
    private final Groups groups;
    private final Memberships memberships;
    private final SecurityIdentity identity;

    KubiyaMembersResource(Groups groups, Memberships memberships, SecurityIdentity identity) {
        this.groups = groups;
        this.memberships = memberships;
        this.identity = identity;
    }

    /** Adds a user to the group of an id or name; one that is in it already stays. */
    @POST
    @PermissionsAllowed(Scope.GROUPS_WRITE)
    public Uni<JoinedGroupBody> add(
            @PathParam("id") String idOrName, @NotNull(message = FieldError.REQUIRED) AddToGroupBody body) {
        Caller caller = Caller.of(identity);
        UserReference user = body.user();
        return groups.findByIdOrName(caller, idOrName)
                .chain(group -> memberships.join(caller, user, group))
                .map(JoinedGroupBody::of);
    }
}
