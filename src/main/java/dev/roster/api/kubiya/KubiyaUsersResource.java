package dev.roster.api.kubiya;

import dev.roster.api.ListAnswers;
import dev.roster.api.QueryParameters;
import dev.roster.caller.Caller;
import dev.roster.caller.Scope;
import dev.roster.platform.persistence.Precondition;
import dev.roster.platform.persistence.Uuids;
import dev.roster.user.UserLists;
import dev.roster.user.UserReference;
import dev.roster.user.Users;
import io.quarkus.security.PermissionsAllowed;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.RestMulti;

/** The Users API of Kubiya, which clients know as {@code /api/v1/users}: persons by e-mail. */
@Path(KubiyaPaths.USERS)
@Produces(MediaType.APPLICATION_JSON)
public class KubiyaUsersResource {
    private final Users users;
    private final UserLists lists;
    private final ListAnswers answers;
    private final SecurityIdentity identity;

    KubiyaUsersResource(Users users, UserLists lists, ListAnswers answers, SecurityIdentity identity) {
        this.users = users;
        this.lists = lists;
        this.answers = answers;
        this.identity = identity;
    }

    @GET
    @PermissionsAllowed(Scope.USERS_READ)
    public RestMulti<byte[]> list(@BeanParam KubiyaListQuery query, @Context UriInfo uri) {
        QueryParameters.requireOnce(uri, KubiyaListQuery.NAMES);
        return answers.array(
                lists.slice(Caller.of(identity).organizationId(), query.filter(), query.slice()), KubiyaUserBody::of);
    }

    @GET
    @Path("/{email}")
    @PermissionsAllowed(Scope.USERS_READ)
    public Uni<KubiyaUserBody> find(@PathParam("email") String email) {
        return users.find(Caller.of(identity), UserReference.email(email)).map(KubiyaUserBody::of);
    }

    /** Removes a user; the answer is 200 and has no body. */
    @DELETE
    @Path("/{email}")
    @PermissionsAllowed(Scope.USERS_WRITE)
    public Uni<Response> remove(@PathParam("email") String email) {
        return users.remove(Caller.of(identity), UserReference.email(email), Precondition.NONE)
                .map(removed -> Response.ok().build());
    }

    @GET
    @Path("/current")
    @PermissionsAllowed(Scope.USERS_READ)
    public Uni<KubiyaUserBody> current() {
        return users.me(Caller.of(identity)).map(KubiyaUserBody::of);
    }

    @GET
    @Path("/self")
    @PermissionsAllowed(Scope.USERS_READ)
    public Uni<KubiyaSelfBody> self() {
        Caller caller = Caller.of(identity);
        return users.me(caller).map(user -> KubiyaSelfBody.of(caller, user));
    }

    @GET
    @Path("/me")
    @PermissionsAllowed(Scope.USERS_READ)
    public Uni<KubiyaSelfBody> me() {
        return self();
    }

    @GET
    @Path("/membership/{id}")
    @PermissionsAllowed(Scope.USERS_READ)
    public Uni<MembershipBody> membership(@PathParam("id") String idOrEmail) {
        UserReference user =
                Uuids.parse(idOrEmail).map(UserReference::id).orElseGet(() -> UserReference.email(idOrEmail));
        return users.find(Caller.of(identity), user).map(MembershipBody::of);
    }
}
