package dev.roster.api.v1;

import dev.roster.access.session.Sessions;
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
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestMulti;

/** The caller's own sessions. */
@Path("/api/v1/users/me/sessions")
@Produces(MediaType.APPLICATION_JSON)
public class MySessionsResource {
    private final Sessions sessions;
    private final ItemStream items;
    private final SecurityIdentity identity;

    MySessionsResource(Sessions sessions, ItemStream items, SecurityIdentity identity) {
        this.sessions = sessions;
        this.items = items;
        this.identity = identity;
    }

    @GET
    @PermissionsAllowed({Scope.SELF_WRITE, Scope.SESSIONS_WRITE})
    public RestMulti<byte[]> list(@BeanParam SessionListQuery query, @Context UriInfo uri) {
        PageQuery.check(uri);
        Caller caller = Caller.of(identity);
        return items.list(
                sessions.list(caller, caller.userId(), query.wanted()),
                query,
                session -> SessionBody.of(caller, session));
    }

    @DELETE
    @PermissionsAllowed({Scope.SELF_WRITE, Scope.SESSIONS_WRITE})
    @ResponseStatus(204)
    public Uni<Void> endAll(@QueryParam("except") String except, @Context UriInfo uri) {
        PageQuery.check(uri);
        Caller caller = Caller.of(identity);
        return SessionListQuery.exceptCurrent(except)
                ? sessions.endOthers(caller, caller.userId())
                : sessions.endAll(caller, caller.userId());
    }

    @DELETE
    @Path("/{id}")
    @PermissionsAllowed({Scope.SELF_WRITE, Scope.SESSIONS_WRITE})
    @ResponseStatus(204)
    public Uni<Void> end(@PathParam("id") String id) {
        Caller caller = Caller.of(identity);
        return sessions.end(caller, caller.userId(), QueryParameters.id(id));
    }
}
