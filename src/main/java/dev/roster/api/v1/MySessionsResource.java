package dev.roster.api.v1;

import dev.roster.api.openapi.AnswersItems;
import dev.roster.api.openapi.Fails;
import dev.roster.platform.error.ErrorCode;
import dev.roster.security.Caller;
import dev.roster.security.Scope;
import dev.roster.session.Sessions;
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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
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
    @Operation(summary = "List the caller's sessions")
    @AnswersItems(SessionBody.class)
    public RestMulti<byte[]> list(@BeanParam SessionListQuery query, @Context UriInfo uri) {
        ListQuery.check(uri);
        Caller caller = caller();
        return items.list(
                sessions.list(caller, caller.userId(), query.wanted()),
                query,
                session -> SessionBody.of(caller, session));
    }

    @DELETE
    @PermissionsAllowed({Scope.SELF_WRITE, Scope.SESSIONS_WRITE})
    @ResponseStatus(204)
    @Operation(summary = "End the caller's sessions")
    public Uni<Void> endAll(
            @Parameter(
                            description = "What goes on.",
                            schema = @Schema(type = SchemaType.STRING, enumeration = "current"))
                    @QueryParam("except")
                    String except,
            @Context UriInfo uri) {
        ListQuery.check(uri);
        Caller caller = caller();
        return SessionListQuery.exceptCurrent(except)
                ? sessions.endOthers(caller, caller.userId())
                : sessions.endAll(caller, caller.userId());
    }

    @DELETE
    @Path("/{id}")
    @PermissionsAllowed({Scope.SELF_WRITE, Scope.SESSIONS_WRITE})
    @ResponseStatus(204)
    @Operation(summary = "End one of the caller's sessions")
    @Fails(ErrorCode.SESSION_NOT_FOUND)
    public Uni<Void> end(
            @Parameter(schema = @Schema(implementation = UUID.class)) @PathParam("id") String id) {
        Caller caller = caller();
        return sessions.end(caller, caller.userId(), SessionListQuery.sessionId(id));
    }

    private Caller caller() {
        return Caller.of(identity);
    }
}
