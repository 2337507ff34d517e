package dev.roster.api.v1;

import dev.roster.api.openapi.Versioned;
import dev.roster.security.Caller;
import dev.roster.security.Scope;
import dev.roster.user.Users;
import io.quarkus.security.PermissionsAllowed;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;

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
    @Operation(summary = "Find the caller")
    @APIResponseSchema(MeBody.class)
    @Versioned
    public Uni<Response> me(@Context HttpHeaders headers) {
        Caller caller = Caller.of(identity);
        return users.me(caller)
                .map(user -> versions.found(headers, MeBody.of(caller, user), user.version()));
    }
}
