package dev.roster.api.v1;

import dev.roster.api.openapi.AnswersItems;
import dev.roster.api.openapi.Fails;
import dev.roster.organization.Organizations;
import dev.roster.platform.error.ErrorCode;
import dev.roster.security.Scope;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jboss.resteasy.reactive.RestMulti;

/** The organizations of the installation, for the holder of the {@code system} scope. */
@Path("/api/v1/organizations")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class OrganizationsResource {
    private final Organizations organizations;
    private final ItemStream items;

    OrganizationsResource(Organizations organizations, ItemStream items) {
        this.organizations = organizations;
        this.items = items;
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
}
