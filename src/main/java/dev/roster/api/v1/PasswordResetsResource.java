package dev.roster.api.v1;

import dev.roster.access.reset.PasswordResets;
import dev.roster.access.reset.ResetRequests;
import dev.roster.platform.error.FieldError;
import dev.roster.platform.http.CallerAddress;
import dev.roster.platform.http.SmallBody;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.ResponseStatus;

/** New passwords for those that persons have forgotten, by a link that is sent to them. */
@Path("/api/v1/password")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class PasswordResetsResource {
    private final ResetRequests requests;
    private final PasswordResets resets;

    PasswordResetsResource(ResetRequests requests, PasswordResets resets) {
        this.requests = requests;
        this.resets = resets;
    }

    @POST
    @Path("/forgot")
    @PermitAll
    @SmallBody
    @ResponseStatus(202)
    public Uni<Void> forgot(
            @Valid @NotNull(message = FieldError.REQUIRED) ForgotPasswordBody body, @Context RoutingContext http) {
        return requests.request(body.organizationOrDefault(), body.name(), CallerAddress.of(http));
    }

    @POST
    @Path("/reset")
    @PermitAll
    @SmallBody
    @ResponseStatus(204)
    public Uni<Void> reset(
            @Valid @NotNull(message = FieldError.REQUIRED) ResetPasswordBody body, @Context RoutingContext http) {
        return resets.reset(body.toReset(CallerAddress.of(http))).replaceWithVoid();
    }
}
