package dev.roster.api.v1;

import dev.roster.caller.Caller;
import dev.roster.caller.Scope;
import dev.roster.group.Memberships;
import dev.roster.platform.error.FieldError;
import dev.roster.platform.http.CallerAddress;
import dev.roster.user.PatchUser;
import dev.roster.user.Proof;
import dev.roster.user.Reopening;
import dev.roster.user.UserLists;
import dev.roster.user.UserReference;
import dev.roster.user.UserView;
import dev.roster.user.Users;
import io.quarkus.security.PermissionsAllowed;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestMulti;

/** The users of the caller's organization. */
@Path("/api/v1/users")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class UsersResource {
    private final Users users;
    private final Reopening reopening;
    private final UserLists lists;
    private final Memberships memberships;
    private final Versions versions;
    private final ItemStream items;
    private final SecurityIdentity identity;

    UsersResource(
            Users users,
            Reopening reopening,
            UserLists lists,
            Memberships memberships,
            Versions versions,
            ItemStream items,
            SecurityIdentity identity) {
        this.users = users;
        this.reopening = reopening;
        this.lists = lists;
        this.memberships = memberships;
        this.versions = versions;
        this.items = items;
        this.identity = identity;
    }

    @GET
    @PermissionsAllowed(Scope.USERS_READ)
    public RestMulti<byte[]> list(@BeanParam UserListQuery query, @Context UriInfo uri) {
        PageQuery.check(uri);
        Caller caller = Caller.of(identity);
        return items.list(
                lists.list(caller.organizationId(), query.filter(), query.order()), query, UserBody.seenBy(caller));
    }

    @POST
    @PermissionsAllowed(Scope.USERS_WRITE)
    public Uni<Response> create(@Valid @NotNull(message = FieldError.REQUIRED) CreateUserBody body) {
        Caller caller = Caller.of(identity);
        return users.create(caller, body.toUser()).map(user -> answer(caller, 201, user));
    }

    @GET
    @Path("/{name}")
    @PermissionsAllowed(Scope.USERS_READ)
    public Uni<Response> find(@PathParam("name") String name, @Context HttpHeaders headers) {
        Caller caller = Caller.of(identity);
        return users.find(caller, UserReference.person(name))
                .map(user -> versions.found(headers, body(caller, user), user.state()));
    }

    @PATCH
    @Path("/{name}")
    @PermissionsAllowed({Scope.USERS_WRITE, Scope.SELF_WRITE})
    public Uni<Response> patch(
            @PathParam("name") String name,
            @Valid @NotNull(message = FieldError.REQUIRED) PatchUserBody body,
            @Context HttpHeaders headers) {
        return patch(name, body.toPatch(), Proof.NONE, headers);
    }

    @DELETE
    @Path("/{name}")
    @PermissionsAllowed(Scope.USERS_WRITE)
    @ResponseStatus(204)
    public Uni<Void> remove(@PathParam("name") String name, @Context HttpHeaders headers) {
        return users.remove(Caller.of(identity), UserReference.person(name), Versions.precondition(headers));
    }

    @PATCH
    @Path("/{name}/profile")
    @PermissionsAllowed({Scope.USERS_WRITE, Scope.SELF_WRITE})
    public Uni<Response> patchProfile(
            @PathParam("name") String name,
            @Valid @NotNull(message = FieldError.REQUIRED) PatchProfileBody body,
            @Context RoutingContext http,
            @Context HttpHeaders headers) {
        return patch(name, body.toPatch(), new Proof(body.currentPassword(), CallerAddress.of(http)), headers);
    }

    @POST
    @Path("/{name}/reactivate")
    @PermissionsAllowed(Scope.USERS_WRITE)
    public Uni<Response> reactivate(
            @PathParam("name") String name, @Valid ReactivateUserBody body, @Context HttpHeaders headers) {
        Caller caller = Caller.of(identity);
        return reopening
                .reopen(caller, name, ReactivateUserBody.keepsGroups(body), Versions.precondition(headers))
                .map(user -> answer(caller, 200, user));
    }

    @PUT
    @Path("/{name}/groups")
    @PermissionsAllowed(Scope.GROUPS_WRITE)
    public Uni<Response> changeGroups(
            @PathParam("name") String name,
            @Valid @NotNull(message = FieldError.REQUIRED) ChangeGroupsBody body,
            @Context HttpHeaders headers) {
        Caller caller = Caller.of(identity);
        return memberships
                .change(caller, UserReference.person(name), body.toChange(), Versions.precondition(headers))
                .map(user -> answer(caller, 200, user));
    }

    private Uni<Response> patch(String name, PatchUser patch, Proof proof, HttpHeaders headers) {
        Caller caller = Caller.of(identity);
        return users.patch(caller, UserReference.person(name), patch, proof, Versions.precondition(headers))
                .map(user -> answer(caller, 200, user));
    }

    private Response answer(Caller caller, int status, UserView user) {
        return versions.answer(status, body(caller, user), user.state()).build();
    }

    private static UserBody body(Caller caller, UserView user) {
        return UserBody.of(caller, user);
    }
}
