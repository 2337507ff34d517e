package dev.roster.api.v1;

import dev.roster.access.application.ApplicationSecrets;
import dev.roster.access.application.ApplicationView;
import dev.roster.access.application.Applications;
import dev.roster.api.QueryParameters;
import dev.roster.caller.Caller;
import dev.roster.caller.Scope;
import dev.roster.platform.error.FieldError;
import dev.roster.platform.error.FieldError.Place;
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
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestMulti;

/** The applications that persons of the organization sign in to, and their secrets. */
@Path("/api/v1/applications")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class ApplicationsResource {
    private final Applications applications;
    private final ApplicationSecrets secrets;
    private final Versions versions;
    private final ItemStream items;
    private final SecurityIdentity identity;

    ApplicationsResource(
            Applications applications,
            ApplicationSecrets secrets,
            Versions versions,
            ItemStream items,
            SecurityIdentity identity) {
        this.applications = applications;
        this.secrets = secrets;
        this.versions = versions;
        this.items = items;
        this.identity = identity;
    }

    @GET
    @PermissionsAllowed(Scope.CLIENTS_WRITE)
    public RestMulti<byte[]> list(@BeanParam PageQuery query, @Context UriInfo uri) {
        PageQuery.check(uri);
        return items.list(applications.list(Caller.of(identity)), query, ApplicationBody::of);
    }

    @POST
    @PermissionsAllowed(Scope.CLIENTS_WRITE)
    public Uni<Response> create(@Valid @NotNull(message = FieldError.REQUIRED) CreateApplicationBody body) {
        return applications.create(Caller.of(identity), body.toTerms()).map(made -> answer(201, made));
    }

    @GET
    @Path("/{id}")
    @PermissionsAllowed(Scope.CLIENTS_WRITE)
    public Uni<Response> find(@PathParam("id") String id, @Context HttpHeaders headers) {
        return applications
                .find(Caller.of(identity), QueryParameters.id(id))
                .map(found -> versions.found(headers, ApplicationBody.of(found), found.state()));
    }

    @PATCH
    @Path("/{id}")
    @PermissionsAllowed(Scope.CLIENTS_WRITE)
    public Uni<Response> patch(
            @PathParam("id") String id,
            @Valid @NotNull(message = FieldError.REQUIRED) PatchApplicationBody body,
            @Context HttpHeaders headers) {
        return applications
                .patch(Caller.of(identity), QueryParameters.id(id), body.toTerms(), Versions.precondition(headers))
                .map(changed -> answer(200, changed));
    }

    @DELETE
    @Path("/{id}")
    @PermissionsAllowed(Scope.CLIENTS_WRITE)
    @ResponseStatus(204)
    public Uni<Void> remove(@PathParam("id") String id, @Context HttpHeaders headers) {
        return applications.remove(Caller.of(identity), QueryParameters.id(id), Versions.precondition(headers));
    }

    @GET
    @Path("/{id}/secrets")
    @PermissionsAllowed(Scope.CLIENTS_WRITE)
    public RestMulti<byte[]> listSecrets(@PathParam("id") String id, @BeanParam PageQuery query, @Context UriInfo uri) {
        PageQuery.check(uri);
        return items.list(secrets.list(Caller.of(identity), QueryParameters.id(id)), query, SecretBody::of);
    }

    @POST
    @Path("/{id}/secrets")
    @PermissionsAllowed(Scope.CLIENTS_WRITE)
    public Uni<Response> addSecret(
            @PathParam("id") String id, @Valid @NotNull(message = FieldError.REQUIRED) AddApplicationSecretBody body) {
        return secrets.add(Caller.of(identity), QueryParameters.id(id), body.toAddition())
                .map(SecretBody::of)
                .map(added -> Secrets.once(Response.status(201).entity(added)));
    }

    @DELETE
    @Path("/{id}/secrets/{secret}")
    @PermissionsAllowed(Scope.CLIENTS_WRITE)
    @ResponseStatus(204)
    public Uni<Void> revokeSecret(@PathParam("id") String id, @PathParam("secret") String secret) {
        return secrets.revoke(
                Caller.of(identity), QueryParameters.id(id), QueryParameters.uuid(Place.PATH, "secret", secret));
    }

    private Response answer(int status, ApplicationView application) {
        return versions.answer(status, ApplicationBody.of(application), application.state())
                .build();
    }
}
