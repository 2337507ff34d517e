package dev.roster.api.v1;

import dev.roster.access.password.PasswordChanges;
import dev.roster.caller.Caller;
import dev.roster.caller.Scope;
import dev.roster.platform.error.FieldError;
import dev.roster.platform.error.RosterException;
import dev.roster.platform.http.Origin;
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

/** The caller itself, a person or a service account. */
@Path("/api/v1/users/me")
@Produces(MediaType.APPLICATION_JSON)
public class MeResource {
    private final Users users;
    private final PasswordChanges passwords;
    private final Versions versions;
    private final SecurityIdentity identity;

    MeResource(Users users, PasswordChanges passwords, Versions versions, SecurityIdentity identity) {
        this.users = users;
        this.passwords = passwords;
        this.versions = versions;
        this.identity = identity;
    }

    @GET
    @PermissionsAllowed(Scope.USERS_READ)
    public Uni<Response> me(@Context HttpHeaders headers) {
        Caller caller = Caller.of(identity);
        return users.me(caller).map(user -> versions.found(headers, MeBody.of(caller, user), user.state()));
    }

    @PUT
    @Path("/password")
    @Consumes(MediaType.APPLICATION_JSON)
    @PermissionsAllowed({Scope.SELF_WRITE, Scope.PASSWORD_CHANGE})
    public Uni<Response> changePassword(
            @Valid @NotNull(message = FieldError.REQUIRED) ChangePasswordBody body, @Context RoutingContext http) {
        return passwords
                .change(Caller.of(identity), body.toChange(Origin.of(http)))
                .onFailure(RosterException.class)
                .transform(refused -> ChangePasswordBody.named((RosterException) refused))
                .map(token -> Secrets.once(Response.ok(token)));
    }
}
