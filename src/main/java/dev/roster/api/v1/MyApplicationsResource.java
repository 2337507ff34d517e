package dev.roster.api.v1;

import dev.roster.access.grant.Consents;
import dev.roster.api.QueryParameters;
import dev.roster.caller.Caller;
import dev.roster.caller.Scope;
import io.quarkus.security.PermissionsAllowed;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestMulti;

/** The applications that the caller has let in. */
@Path("/api/v1/users/me/applications")
@Produces(MediaType.APPLICATION_JSON)
public class MyApplicationsResource {
    private final Consents consents;
    private final ItemStream items;
    private final SecurityIdentity identity;

    MyApplicationsResource(Consents consents, ItemStream items, SecurityIdentity identity) {
        this.consents = consents;
        this.items = items;
        this.identity = identity;
    }

    @GET
    @PermissionsAllowed(Scope.SELF_WRITE)
    public RestMulti<byte[]> list(@BeanParam PageQuery query, @Context UriInfo uri) {
        PageQuery.check(uri);
        return items.list(consents.list(Caller.of(identity)), query, ConsentBody::of);
    }

    @DELETE
    @Path("/{id}")
    @PermissionsAllowed(Scope.SELF_WRITE)
    @ResponseStatus(204)
    public Uni<Void> withdraw(@PathParam("id") String id) {
        return consents.withdraw(Caller.of(identity), QueryParameters.id(id));
    }
}
