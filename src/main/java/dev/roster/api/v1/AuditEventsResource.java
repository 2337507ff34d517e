package dev.roster.api.v1;

import dev.roster.api.QueryParameters;
import dev.roster.audit.AuditEvents;
import dev.roster.caller.Caller;
import dev.roster.caller.Scope;
import io.quarkus.security.PermissionsAllowed;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.RestMulti;

/** What happened in the organization, for administrators. */
@Path("/api/v1/audit-events")
public class AuditEventsResource {
    private final AuditEvents events;
    private final ItemStream items;
    private final SecurityIdentity identity;

    AuditEventsResource(AuditEvents events, ItemStream items, SecurityIdentity identity) {
        this.events = events;
        this.items = items;
        this.identity = identity;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @PermissionsAllowed(Scope.AUDIT_READ)
    public RestMulti<byte[]> list(@BeanParam AuditEventListQuery query, @Context UriInfo uri) {
        PageQuery.check(uri);
        return items.list(events.list(Caller.of(identity), query.filter()), query, AuditEventBody::of);
    }

    // Documented with the other: one operation, two media types
    @GET
    @Produces(ItemStream.LINES + ";qs=0.5")
    @PermissionsAllowed(Scope.AUDIT_READ)
    public RestMulti<byte[]> lines(@BeanParam AuditEventListQuery query, @Context UriInfo uri) {
        PageQuery.check(uri);
        return items.lines(events.list(Caller.of(identity), query.filter()), query, AuditEventBody::of);
    }

    @GET
    @Path("/{id}")
    @Produces(MediaType.APPLICATION_JSON)
    @PermissionsAllowed(Scope.AUDIT_READ)
    public Uni<AuditEventBody> find(@PathParam("id") String id) {
        return events.find(Caller.of(identity), QueryParameters.id(id)).map(AuditEventBody::of);
    }
}
