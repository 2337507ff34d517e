package dev.roster.api.v1;

import dev.roster.caller.Scope;
import dev.roster.platform.error.FieldError;
import dev.roster.user.UserReference;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
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

/** The secrets of a service account, each with a client identifier of its own. */
@Path("/api/v1/service-accounts/{name}/secrets")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class ServiceAccountSecretsResource {
    private final SecretRoutes routes;

    ServiceAccountSecretsResource(SecretRoutes routes) {
        this.routes = routes;
    }

    @GET
    @PermissionsAllowed(Scope.CLIENTS_WRITE)
    public RestMulti<byte[]> list(@PathParam("name") String name, @BeanParam PageQuery query, @Context UriInfo uri) {
        return routes.list(UserReference.service(name), query, uri);
    }

    @POST
    @PermissionsAllowed(Scope.CLIENTS_WRITE)
    public Uni<Response> add(
            @PathParam("name") String name,
            @Valid @NotNull(message = FieldError.REQUIRED) AddSecretBody body,
            @Context RoutingContext http) {
        return routes.add(UserReference.service(name), body, http);
    }

    @DELETE
    @Path("/{id}")
    @PermissionsAllowed(Scope.CLIENTS_WRITE)
    @ResponseStatus(204)
    public Uni<Void> revoke(@PathParam("name") String name, @PathParam("id") String id) {
        return routes.revoke(UserReference.service(name), id);
    }
}
