package dev.roster.api.v1;

import dev.roster.api.openapi.AnswersItems;
import dev.roster.api.openapi.Fails;
import dev.roster.api.openapi.Versioned;
import dev.roster.group.Memberships;
import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.http.CallerAddress;
import dev.roster.security.Caller;
import dev.roster.security.Scope;
import dev.roster.user.PatchUser;
import dev.roster.user.Proof;
import dev.roster.user.UserKind;
import dev.roster.user.UserReads;
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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestMulti;

/** The users of the caller's organization. */
@Path("/api/v1/users")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class UsersResource {
    private final Users users;
    private final UserReads reads;
    private final Memberships memberships;
    private final Versions versions;
    private final ItemStream items;
    private final SecurityIdentity identity;

    UsersResource(
            Users users,
            UserReads reads,
            Memberships memberships,
            Versions versions,
            ItemStream items,
            SecurityIdentity identity) {
        this.users = users;
        this.reads = reads;
        this.memberships = memberships;
        this.versions = versions;
        this.items = items;
        this.identity = identity;
    }

    @GET
    @PermissionsAllowed(Scope.USERS_READ)
    @Operation(summary = "List users")
    @AnswersItems(UserBody.class)
    public RestMulti<byte[]> list(@BeanParam UserListQuery query, @Context UriInfo uri) {
        ListQuery.check(uri);
        Caller caller = caller();
        return items.list(
                reads.list(caller.organizationId(), query.filter(), query.order()),
                query,
                user -> body(caller, user));
    }

    @POST
    @PermissionsAllowed(Scope.USERS_WRITE)
    @Operation(summary = "Create a user")
    @APIResponseSchema(value = UserBody.class, responseCode = "201")
    @Versioned
    @Fails(ErrorCode.NAME_TAKEN)
    public Uni<Response> create(@Valid @NotNull(message = Required.MESSAGE) CreateUserBody body) {
        Caller caller = caller();
        return users.create(caller, body.toUser())
                .map(user -> versions.answer(201, body(caller, user), user.version()).build());
    }

    @GET
    @Path("/{name}")
    @PermissionsAllowed(Scope.USERS_READ)
    @Operation(summary = "Find a user")
    @APIResponseSchema(UserBody.class)
    @Versioned
    @Fails(ErrorCode.USER_NOT_FOUND)
    public Uni<Response> find(@PathParam("name") String name, @Context HttpHeaders headers) {
        Caller caller = caller();
        return users.find(caller, UserKind.PERSON, name)
                .map(user -> versions.found(headers, body(caller, user), user.version()));
    }

    @PATCH
    @Path("/{name}")
    @PermissionsAllowed({Scope.USERS_WRITE, Scope.SELF_WRITE})
    @Operation(summary = "Change a user")
    @APIResponseSchema(UserBody.class)
    @Versioned
    @Fails({
        ErrorCode.USER_NOT_FOUND,
        ErrorCode.FORBIDDEN,
        ErrorCode.LAST_ADMIN,
        ErrorCode.LAST_ADMIN_CREDENTIAL
    })
    public Uni<Response> patch(
            @PathParam("name") String name,
            @Valid @NotNull(message = Required.MESSAGE) PatchUserBody body,
            @Context HttpHeaders headers) {
        return patch(name, body.toPatch(), Proof.NONE, headers);
    }

    @DELETE
    @Path("/{name}")
    @PermissionsAllowed(Scope.USERS_WRITE)
    @ResponseStatus(204)
    @Operation(summary = "Remove a user")
    @Versioned
    @Fails({
        ErrorCode.USER_NOT_FOUND,
        ErrorCode.INTERNAL_ACCOUNT,
        ErrorCode.LAST_ADMIN,
        ErrorCode.LAST_ADMIN_CREDENTIAL
    })
    public Uni<Void> remove(@PathParam("name") String name, @Context HttpHeaders headers) {
        return users.remove(caller(), UserKind.PERSON, name, Versions.ifMatch(headers));
    }

    @PATCH
    @Path("/{name}/profile")
    @PermissionsAllowed({Scope.USERS_WRITE, Scope.SELF_WRITE})
    @Operation(summary = "Change a user's profile")
    @APIResponseSchema(UserBody.class)
    @Versioned
    @Fails({
        ErrorCode.USER_NOT_FOUND,
        ErrorCode.FORBIDDEN,
        ErrorCode.FEDERATED_ACCOUNT,
        ErrorCode.SIGN_IN_AGAIN,
        ErrorCode.CURRENT_PASSWORD_REQUIRED,
        ErrorCode.WRONG_PASSWORD,
        ErrorCode.PASSWORD_BLOCKED,
        ErrorCode.RATE_LIMITED,
        ErrorCode.EMAIL_TAKEN
    })
    public Uni<Response> patchProfile(
            @PathParam("name") String name,
            @Valid @NotNull(message = Required.MESSAGE) PatchProfileBody body,
            @Context RoutingContext http,
            @Context HttpHeaders headers) {
        return patch(
                name,
                body.toPatch(),
                new Proof(body.currentPassword(), CallerAddress.of(http)),
                headers);
    }

    @PUT
    @Path("/{name}/groups")
    @PermissionsAllowed(Scope.GROUPS_WRITE)
    @Operation(summary = "Change a user's groups")
    @APIResponseSchema(UserBody.class)
    @Versioned
    @Fails({ErrorCode.USER_NOT_FOUND, ErrorCode.GROUP_NOT_FOUND})
    public Uni<Response> changeGroups(
            @PathParam("name") String name,
            @Valid @NotNull(message = Required.MESSAGE) ChangeGroupsBody body,
            @Context HttpHeaders headers) {
        Caller caller = caller();
        return memberships
                .change(caller, UserKind.PERSON, name, body.toChange(), Versions.ifMatch(headers))
                .map(user -> versions.answer(200, body(caller, user), user.version()).build());
    }

    private Uni<Response> patch(String name, PatchUser patch, Proof proof, HttpHeaders headers) {
        Caller caller = caller();
        return users.patch(
                        caller,
                        UserReference.username(UserKind.PERSON, name),
                        patch,
                        proof,
                        Versions.ifMatch(headers))
                .map(user -> versions.answer(200, body(caller, user), user.version()).build());
    }

    private static UserBody body(Caller caller, UserView user) {
        return UserBody.of(caller, user);
    }

    private Caller caller() {
        return Caller.of(identity);
    }
}
