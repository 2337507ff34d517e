package dev.roster.api.v1;

import dev.roster.access.session.SessionStatus;
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
import java.util.UUID;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestMulti;

/** The sessions of a person, for administrators. */
@Path("/api/v1/users/{name}/sessions")
@Produces(MediaType.APPLICATION_JSON)
public class UserSessionsResource {
    private final Sessions sessions;
    private final ItemStream items;
    private final SecurityIdentity identity;

    UserSessionsResource(Sessions sessions, ItemStream items, SecurityIdentity identity) {
        this.sessions = sessions;
        this.items = items;
        this.identity = identity;
    }

    @GET
    @PermissionsAllowed(Scope.SESSIONS_WRITE)
    public RestMulti<byte[]> list(
            @PathParam("name") String name, @BeanParam SessionListQuery query, @Context UriInfo uri) {
        PageQuery.check(uri);
        Caller caller = Caller.of(identity);
        Uni<UUID> account = sessions.account(caller, name);
        SessionStatus status = query.wanted();
        return items.list(
                account.map(id -> sessions.list(caller, id, status)),
                query,
                session -> SessionBody.of(caller, session));
    }

    @DELETE
    @PermissionsAllowed(Scope.SESSIONS_WRITE)
    @ResponseStatus(204)
    public Uni<Void> endAll(@PathParam("name") String name, @QueryParam("except") String except, @Context UriInfo uri) {
        PageQuery.check(uri);
        Caller caller = Caller.of(identity);
        boolean others = SessionListQuery.exceptCurrent(except);
        return sessions.accountToSignOut(caller, name)
                .chain(id -> others ? sessions.endOthers(caller, id) : sessions.endAll(caller, id));
    }

    @DELETE
    @Path("/{id}")
    @PermissionsAllowed(Scope.SESSIONS_WRITE)
    @ResponseStatus(204)
    public Uni<Void> end(@PathParam("name") String name, @PathParam("id") String id) {
        Caller caller = Caller.of(identity);
        return sessions.accountToSignOut(caller, name)
                .chain(account -> sessions.end(caller, account, QueryParameters.id(id)));
    }
}
