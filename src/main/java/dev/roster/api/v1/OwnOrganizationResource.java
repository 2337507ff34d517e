package dev.roster.api.v1;

import dev.roster.caller.Caller;
import dev.roster.caller.Scope;
import dev.roster.organization.Organization;
import dev.roster.organization.OrganizationSettings;
import dev.roster.platform.error.FieldError;
import dev.roster.platform.persistence.Precondition;
import io.quarkus.security.PermissionsAllowed;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** The caller's own organization, as it shows itself to its people. */
@Path("/api/v1/organization")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class OwnOrganizationResource {
    private final OrganizationSettings settings;
    private final Versions versions;
    private final SecurityIdentity identity;

    OwnOrganizationResource(OrganizationSettings settings, Versions versions, SecurityIdentity identity) {
        this.settings = settings;
        this.versions = versions;
        this.identity = identity;
    }

    @GET
    @PermissionsAllowed(Scope.USERS_READ)
    public Uni<Response> find(@Context HttpHeaders headers) {
        return settings.find(Caller.of(identity))
                .map(found ->
                        versions.found(headers, OwnOrganizationBody.of(found), Precondition.state(found.version)));
    }

    @PATCH
    @PermissionsAllowed(Scope.USERS_WRITE)
    public Uni<Response> patch(
            @Valid @NotNull(message = FieldError.REQUIRED) PatchOwnOrganizationBody body,
            @Context HttpHeaders headers) {
        return settings.patch(Caller.of(identity), body.toPatch(), Versions.precondition(headers))
                .map(this::answer);
    }

    private Response answer(Organization changed) {
        return versions.answer(200, OwnOrganizationBody.of(changed), Precondition.state(changed.version))
                .build();
    }
}
