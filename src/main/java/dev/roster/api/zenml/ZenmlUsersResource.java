package dev.roster.api.zenml;

import dev.roster.api.ListAnswers;
import dev.roster.api.QueryParameters;
import dev.roster.caller.Caller;
import dev.roster.caller.Scope;
import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.FieldError;
import dev.roster.platform.error.FieldError.Place;
import dev.roster.platform.error.RosterException;
import dev.roster.platform.http.CallerAddress;
import dev.roster.platform.persistence.Precondition;
import dev.roster.user.Proof;
import dev.roster.user.UserLists;
import dev.roster.user.UserReference;
import dev.roster.user.UserView;
import dev.roster.user.Users;
import io.quarkus.security.PermissionsAllowed;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Validator;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Set;
import org.jboss.resteasy.reactive.RestMulti;

/** The Users API of ZenML Pro: persons, and the caller itself whatever it is. */
@Path(ZenmlUsersResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
public class ZenmlUsersResource {
    // Whose values tell nothing: the change is answered as if there were none
    private static final Set<ErrorCode> HIDDEN =
            Set.of(ErrorCode.FORBIDDEN, ErrorCode.INSUFFICIENT_SCOPE, ErrorCode.USER_NOT_FOUND);

    static final String PATH = "/users";

    private final Users users;
    private final UserLists lists;
    private final ListAnswers answers;
    private final SecurityIdentity identity;
    private final Validator validator;

    ZenmlUsersResource(
            Users users, UserLists lists, ListAnswers answers, SecurityIdentity identity, Validator validator) {
        this.users = users;
        this.lists = lists;
        this.answers = answers;
        this.identity = identity;
        this.validator = validator;
    }

    @GET
    @PermissionsAllowed(Scope.USERS_READ)
    public RestMulti<byte[]> list(@BeanParam ZenmlListQuery query, @Context UriInfo uri) {
        QueryParameters.requireOnce(uri, ZenmlListQuery.NAMES);
        Caller caller = Caller.of(identity);
        return answers.array(
                lists.slice(caller.organizationId(), query.filter(), query.slice()),
                ZenmlUserBody.in(caller.organizationId()));
    }

    @GET
    @Path("/me")
    @PermissionsAllowed(Scope.USERS_READ)
    public Uni<ZenmlUserBody> me() {
        Caller caller = Caller.of(identity);
        return users.me(caller).map(user -> body(caller, user));
    }

    /** The caller, for a server that asks who it is: every server of the organization may. */
    @GET
    @Path("/authorize_server")
    @PermissionsAllowed(Scope.USERS_READ)
    public Uni<ZenmlUserBody> authorizeServer(@QueryParam("server_id") String serverId, @Context UriInfo uri) {
        QueryParameters.requireOnce(uri, Set.of("server_id"));
        if (QueryParameters.uuid("server_id", serverId) == null) {
            throw RosterException.invalid(List.of(FieldError.missing(Place.QUERY, "server_id")));
        }
        return me();
    }

    @PATCH
    @Path("/{user_id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @PermissionsAllowed({Scope.USERS_WRITE, Scope.SELF_WRITE})
    public Uni<ZenmlUserBody> patch(
            @PathParam("user_id") String id,
            @NotNull(message = FieldError.REQUIRED) PatchZenmlUserBody body,
            @Context RoutingContext http) {
        Caller caller = Caller.of(identity);
        UserReference account = person(id);
        return valid(caller, account, body)
                .chain(change -> users.patch(
                        caller,
                        account,
                        change.toPatch(),
                        new Proof(body.currentPassword(), CallerAddress.of(http)),
                        Precondition.NONE))
                .map(user -> body(caller, user));
    }

    /** What of it is to be set; reads the account only where a value breaks a rule, which the present one may. */
    private Uni<PatchZenmlUserBody> valid(Caller caller, UserReference account, PatchZenmlUserBody body) {
        Set<ConstraintViolation<PatchZenmlUserBody>> broken = validator.validate(body);
        if (broken.isEmpty()) {
            return Uni.createFrom().item(body);
        }
        return users.findToChange(caller, UserReference.toChange(caller, account), body.toPatch())
                .map(body::unlike)
                // Of an account that the caller may not change, or that there is not
                .onFailure(failure -> HIDDEN.stream().anyMatch(code -> code.isOf(failure)))
                .recoverWithItem(body)
                .invoke(this::require);
    }

    private void require(PatchZenmlUserBody change) {
        Set<ConstraintViolation<PatchZenmlUserBody>> broken = validator.validate(change);
        if (!broken.isEmpty()) {
            throw new ConstraintViolationException(broken);
        }
    }

    /** Removes a user; the answer is the JSON {@code null}, which clients of this contract read. */
    @DELETE
    @Path("/{user_id}")
    @PermissionsAllowed(Scope.USERS_WRITE)
    public Uni<String> remove(@PathParam("user_id") String id) {
        return users.remove(Caller.of(identity), person(id), Precondition.NONE).replaceWith("null");
    }

    private static UserReference person(String id) {
        return UserReference.person(QueryParameters.uuid(Place.PATH, "user_id", id));
    }

    private static ZenmlUserBody body(Caller caller, UserView user) {
        return ZenmlUserBody.of(caller.organizationId(), user);
    }
}
