package dev.roster.api.v1;

import dev.roster.caller.Caller;
import dev.roster.caller.Scope;
import dev.roster.organization.OrganizationAccess;
import dev.roster.organization.Organizations;
import dev.roster.platform.error.FieldError;
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
            Organizations organizations, OrganizationAccess access, ItemStream items, SecurityIdentity identity) {
        this.organizations = organizations;
        this.access = access;
        this.items = items;
        this.identity = identity;
    }

    @GET
    @PermissionsAllowed(Scope.SYSTEM)
    public RestMulti<byte[]> list(@BeanParam PageQuery query, @Context UriInfo uri) {
        PageQuery.check(uri);
        return items.list(organizations.list(), query, OrganizationBody::of);
    }

    @POST
    @PermissionsAllowed(Scope.SYSTEM)
    public Uni<Response> create(@Valid @NotNull(message = FieldError.REQUIRED) CreateOrganizationBody body) {
        return organizations
                .create(body.name(), body.shownName())
                .map(created -> Secrets.once(Response.status(201).entity(OrganizationBody.of(created))));
    }

    @PATCH
    @Path("/{name}")
    @PermissionsAllowed(Scope.SYSTEM)
    public Uni<OrganizationBody> patch(
            @PathParam("name") String name, @Valid @NotNull(message = FieldError.REQUIRED) PatchOrganizationBody body) {
        return access.change(Caller.of(identity), name, body.toActive()).map(OrganizationBody::of);
    }

    @DELETE
    @Path("/{name}")
    @PermissionsAllowed(Scope.SYSTEM)
    @ResponseStatus(204)
    public Uni<Void> remove(@PathParam("name") String name) {
        return access.remove(Caller.of(identity), name);
    }
}
