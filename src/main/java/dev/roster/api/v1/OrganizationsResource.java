package dev.roster.api.v1;

import dev.roster.api.openapi.AnswersItems;
import dev.roster.api.openapi.Fails;
import dev.roster.organization.OrganizationAccess;
import dev.roster.organization.Organizations;
import dev.roster.platform.error.ErrorCode;
import dev.roster.security.Caller;
import dev.roster.security.Scope;
import io.quarkus.security.PermissionsAllowed;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestMulti;

/** The organizations of the installation, for the holder of the {@code system} scope. */
@Path("/api/v1/organizations")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class OrganizationsResource {
    private final Organizations organizations;
    private final OrganizationAccess access;
    private final ItemStream items;
    private final SecurityIdentity identity;

    OrganizationsResource(
            Organizations organizations,
            OrganizationAccess access,
            ItemStream items,
            SecurityIdentity identity) {
        this.organizations = organizations;
        this.access = access;
        this.items = items;
        this.identity = identity;
    }

    @GET
    @PermissionsAllowed(Scope.SYSTEM)
    @Operation(summary = "List organizations")
    @AnswersItems(OrganizationBody.class)
    public RestMulti<byte[]> list(@BeanParam PageQuery query, @Context UriInfo uri) {
        ListQuery.check(uri);
        return items.list(organizations.list(), query, OrganizationBody::of);
    }

    @POST
    @PermissionsAllowed(Scope.SYSTEM)
    @Operation(summary = "Create an organization, with its first administrator")
    @APIResponseSchema(value = OrganizationBody.class, responseCode = "201")
    @Fails(ErrorCode.ORGANIZATION_NAME_TAKEN)
    public Uni<Response> create(
            @Valid @NotNull(message = Required.MESSAGE) CreateOrganizationBody body) {
        return organizations
                .create(body.name(), body.shownName())
                .map(
                        created ->
                                Secrets.once(
                                        Response.status(201).entity(OrganizationBody.of(created))));
    }

    @PATCH
    @Path("/{name}")
    @PermissionsAllowed(Scope.SYSTEM)
    @Operation(
            summary = "Deactivate an organization, or activate it again",
            description =
                    "By name or id. While it is deactivated nobody gets in, its invites cannot be"
                            + " accepted and it sends no mail; tokens given out before end at once"
                            + " and for good.")
    @Fails({ErrorCode.ORGANIZATION_NOT_FOUND, ErrorCode.SYSTEM_ORGANIZATION})
    public Uni<OrganizationBody> patch(
            @PathParam("name") String name,
            @Valid @NotNull(message = Required.MESSAGE) PatchOrganizationBody body) {
        return access.change(Caller.of(identity), name, body.toActive()).map(OrganizationBody::of);
    }

    @DELETE
    @Path("/{name}")
    @PermissionsAllowed(Scope.SYSTEM)
    @ResponseStatus(204)
    @Operation(
            summary = "Delete an organization that is deactivated",
            description =
                    "By name or id, with everything in it. The name is free at once; the rows go in"
                            + " the background.")
    @Fails({
        ErrorCode.ORGANIZATION_NOT_FOUND,
        ErrorCode.SYSTEM_ORGANIZATION,
        ErrorCode.ORGANIZATION_ACTIVE
    })
    public Uni<Void> remove(@PathParam("name") String name) {
        return access.remove(Caller.of(identity), name);
    }
}
