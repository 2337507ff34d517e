package dev.roster.api.v1;

import dev.roster.api.QueryParameters;
import dev.roster.client.AccountSecrets;
import dev.roster.platform.error.FieldError.Place;
import dev.roster.platform.http.CallerAddress;
import dev.roster.security.Caller;
import dev.roster.security.Scope;
import dev.roster.user.Proof;
import dev.roster.user.UserReference;
import io.quarkus.security.PermissionsAllowed;
import io.quarkus.security.identity.SecurityIdentity;
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

/** The secrets of the caller, each with a client identifier of its own. */
@Path("/api/v1/users/me/secrets")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class MySecretsResource {
    private final AccountSecrets secrets;
    private final ItemStream items;
    private final SecurityIdentity identity;

    MySecretsResource(AccountSecrets secrets, ItemStream items, SecurityIdentity identity) {
        this.secrets = secrets;
        this.items = items;
        this.identity = identity;
    }

    @GET
    @PermissionsAllowed({Scope.SELF_WRITE, Scope.CLIENTS_WRITE})
    public RestMulti<byte[]> list(@BeanParam PageQuery query, @Context UriInfo uri) {
        ListQuery.check(uri);
        return items.list(secrets.list(caller(), account()), query, SecretBody::of);
    }

    @POST
    @PermissionsAllowed({Scope.SELF_WRITE, Scope.CLIENTS_WRITE})
    public Uni<Response> add(
            @Valid @NotNull(message = Required.MESSAGE) AddSecretBody body,
            @Context RoutingContext http) {
        return secrets.add(
                        caller(),
                        account(),
                        body.toAddition(),
                        new Proof(body.currentPassword(), CallerAddress.of(http)))
                .map(SecretBody::of)
                .map(added -> Secrets.once(Response.status(201).entity(added)));
    }

    @DELETE
    @Path("/{id}")
    @PermissionsAllowed({Scope.SELF_WRITE, Scope.CLIENTS_WRITE})
    @ResponseStatus(204)
    public Uni<Void> revoke(@PathParam("id") String id) {
        return secrets.revoke(caller(), account(), QueryParameters.uuid(Place.PATH, "id", id));
    }

    private UserReference account() {
        return UserReference.own(caller());
    }

    private Caller caller() {
        return Caller.of(identity);
    }
}
