package dev.roster.api.v1;

import dev.roster.platform.error.RosterException;
import dev.roster.platform.http.CallerAddress;
import dev.roster.platform.persistence.Precondition;
import dev.roster.security.Caller;
import dev.roster.security.Scope;
import dev.roster.user.Proof;
import dev.roster.user.UserReference;
import dev.roster.user.Users;
import io.quarkus.security.PermissionsAllowed;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.ResponseStatus;

/** The caller itself, a person or a service account. */
@Path("/api/v1/users/me")
@Produces(MediaType.APPLICATION_JSON)
public class MeResource {
    private final Users users;
    private final Versions versions;
    private final SecurityIdentity identity;

    MeResource(Users users, Versions versions, SecurityIdentity identity) {
        this.users = users;
        this.versions = versions;
        this.identity = identity;
    }

    @GET
    @PermissionsAllowed(Scope.USERS_READ)
    public Uni<Response> me(@Context HttpHeaders headers) {
        Caller caller = Caller.of(identity);
        return users.me(caller)
                .map(user -> versions.found(headers, MeBody.of(caller, user), user.version()));
    }

    @PUT
    @Path("/password")
    @Consumes(MediaType.APPLICATION_JSON)
    @PermissionsAllowed(Scope.SELF_WRITE)
    @ResponseStatus(204)
    public Uni<Void> changePassword(
            @Valid @NotNull(message = Required.MESSAGE) ChangePasswordBody body,
            @Context RoutingContext http) {
        Caller caller = Caller.of(identity);
        return users.patch(
                        caller,
                        UserReference.person(caller.userId()),
                        body.toPatch(),
                        new Proof(body.currentPassword(), CallerAddress.of(http)),
                        Precondition.NONE)
                .onFailure(RosterException.class)
                .transform(refused -> ChangePasswordBody.named((RosterException) refused))
                .replaceWithVoid();
    }
}
