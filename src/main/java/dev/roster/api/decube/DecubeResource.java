package dev.roster.api.decube;

import dev.roster.api.QueryParameters;
import dev.roster.caller.Caller;
import dev.roster.caller.Scope;
import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.FieldError;
import dev.roster.platform.error.FieldError.Place;
import dev.roster.platform.error.RosterException;
import dev.roster.platform.paging.Part;
import dev.roster.platform.persistence.Precondition;
import dev.roster.platform.persistence.Uuids;
import dev.roster.user.PatchUser;
import dev.roster.user.Proof;
import dev.roster.user.UserCounts;
import dev.roster.user.UserFilter;
import dev.roster.user.UserKind;
import dev.roster.user.UserLists;
import dev.roster.user.UserReference;
import dev.roster.user.UserStatus;
import dev.roster.user.Users;
import io.quarkus.security.PermissionsAllowed;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.Set;
import org.jboss.resteasy.reactive.ResponseStatus;

/** The Users API of Decube: persons, whose accounts are deactivated and never deleted. */
@Path(DecubeResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
public class DecubeResource {
    static final String PATH = "/api/v1/app";

    private final Users users;
    private final UserLists lists;
    private final UserCounts counts;
    private final SecurityIdentity identity;

    DecubeResource(Users users, UserLists lists, UserCounts counts, SecurityIdentity identity) {
        this.users = users;
        this.lists = lists;
        this.counts = counts;
        this.identity = identity;
    }

    @GET
    @Path("/user")
    @PermissionsAllowed(Scope.USERS_READ)
    public Uni<DecubeUserBody> find(
            @QueryParam("id") String id, @QueryParam("email") String email, @Context UriInfo uri) {
        QueryParameters.requireOnce(uri, Set.of("id", "email"));
        if ((id == null) == (email == null)) {
            throw RosterException.invalid(Place.QUERY, "id", "must be given, or else email, and not both");
        }
        if (email != null && email.isBlank()) {
            throw RosterException.invalid(Place.QUERY, "email", FieldError.REQUIRED);
        }
        QueryParameters.storable(Place.QUERY, "email", email);
        UserReference user = id == null ? UserReference.email(email) : byId(id);
        return users.find(Caller.of(identity), user).map(DecubeUserBody::of);
    }

    /**
     * Creates a user that has not signed up yet, a member. An e-mail address that a user has, also
     * a deactivated one, is a conflict: an account that was switched off comes back with its groups
     * and its role, and that is for an administrator to decide.
     */
    @POST
    @Path("/user")
    @Consumes(MediaType.APPLICATION_JSON)
    @PermissionsAllowed(Scope.USERS_WRITE)
    @ResponseStatus(201)
    public Uni<CreatedDecubeUserBody> create(@Valid @NotNull(message = FieldError.REQUIRED) CreateDecubeUserBody body) {
        return users.create(Caller.of(identity), body.toUser()).map(CreatedDecubeUserBody::of);
    }

    @DELETE
    @Path("/user")
    @Consumes(MediaType.APPLICATION_JSON) // also what a request without a body then counts as
    @PermissionsAllowed(Scope.USERS_WRITE)
    public Uni<DecubeMessageBody> deactivate(
            @QueryParam("email") String email, DeactivateDecubeUserBody body, @Context UriInfo uri) {
        QueryParameters.requireOnce(uri, Set.of("email"));
        UserReference user = UserReference.email(DeactivateDecubeUserBody.email(email, body));
        return users.patch(
                        Caller.of(identity), user, PatchUser.to(UserStatus.DEACTIVATED), Proof.NONE, Precondition.NONE)
                .replaceWith(DecubeMessageBody.DEACTIVATED);
    }

    @GET
    @Path("/users")
    @PermissionsAllowed(Scope.USERS_READ)
    public Uni<DecubeUsersBody> list(@BeanParam DecubeListQuery query, @Context UriInfo uri) {
        QueryParameters.requireOnce(uri, DecubeListQuery.NAMES);
        Caller caller = Caller.of(identity);
        return Uni.combine()
                .all()
                .unis(
                        counts.persons(caller.organizationId()),
                        // What is large of them is not shown, and so not kept
                        lists.slice(caller.organizationId(), UserFilter.of(UserKind.PERSON), query.slice())
                                .onItem()
                                .transformToIterable(Part::items)
                                .map(DecubeUserBody::of)
                                .collect()
                                .asList())
                .with(DecubeUsersBody::new);
    }

    private static UserReference byId(String id) {
        return Uuids.parse(id).map(UserReference::person).orElseThrow(ErrorCode.USER_NOT_FOUND::refusal);
    }
}
