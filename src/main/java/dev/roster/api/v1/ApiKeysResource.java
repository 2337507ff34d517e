package dev.roster.api.v1;

import dev.roster.access.apikey.ApiKeys;
import dev.roster.api.QueryParameters;
import dev.roster.caller.Caller;
import dev.roster.caller.Scope;
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

/** API keys: the caller's own and, for administrators, those of every account. */
@Path("/api/v1/api-keys")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class ApiKeysResource {
    private final ApiKeys keys;
    private final ItemStream items;
    private final SecurityIdentity identity;

    ApiKeysResource(ApiKeys keys, ItemStream items, SecurityIdentity identity) {
        this.keys = keys;
        this.items = items;
        this.identity = identity;
    }

    @GET
    @PermissionsAllowed({Scope.SELF_WRITE, Scope.CLIENTS_WRITE})
    public RestMulti<byte[]> list(@BeanParam ApiKeyListQuery query, @Context UriInfo uri) {
        PageQuery.check(uri);
        Caller caller = Caller.of(identity);
        return items.list(keys.list(caller, query.wanted()), query, key -> ApiKeyBody.of(caller, key));
    }

    @POST
    @PermissionsAllowed({Scope.SELF_WRITE, Scope.CLIENTS_WRITE})
    public Uni<Response> create(@Valid @NotNull(message = FieldError.REQUIRED) CreateApiKeyBody body) {
        Caller caller = Caller.of(identity);
        return keys.create(caller, body.toApiKey())
                .map(made -> ApiKeyBody.of(caller, made))
                .map(made -> Secrets.once(Response.status(201).entity(made)));
    }

    @GET
    @Path("/{id}")
    @PermissionsAllowed({Scope.SELF_WRITE, Scope.CLIENTS_WRITE})
    public Uni<ApiKeyBody> find(@PathParam("id") String id) {
        Caller caller = Caller.of(identity);
        return keys.find(caller, QueryParameters.id(id)).map(found -> ApiKeyBody.of(caller, found));
    }

    @DELETE
    @Path("/{id}")
    @PermissionsAllowed({Scope.SELF_WRITE, Scope.CLIENTS_WRITE})
    @ResponseStatus(204)
    public Uni<Void> revoke(@PathParam("id") String id) {
        return keys.revoke(Caller.of(identity), QueryParameters.id(id));
    }
}
