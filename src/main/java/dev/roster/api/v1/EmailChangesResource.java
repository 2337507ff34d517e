package dev.roster.api.v1;

import dev.roster.email.EmailChanges;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.ResponseStatus;

/** Changes of e-mail addresses that wait for who reads the new one. */
@Path("/api/v1/email-changes")
@Produces(MediaType.APPLICATION_JSON)
public class EmailChangesResource {
    private final EmailChanges changes;

    EmailChangesResource(EmailChanges changes) {
        this.changes = changes;
    }

    @POST
    @Path("/confirm")
    @PermitAll
    @LinkBearer.EmailChange
    @ResponseStatus(204)
    public Uni<Void> confirm(@Context ContainerRequestContext request) {
        return changes.confirm(LinkBearerFilter.token(request));
    }
}
