package dev.roster.api.oauth2;

import dev.roster.access.grant.ApplicationTokens;
import dev.roster.access.token.IssuedTokens;
import dev.roster.platform.http.SmallBody;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * Revokes a token together with its session (RFC 7009 section 2): the client authenticates itself.
 */
@Path("/oauth2/revoke")
public class RevocationResource {
    private final IssuedTokens tokens;
    private final ApplicationTokens applications;

    RevocationResource(IssuedTokens tokens, ApplicationTokens applications) {
        this.tokens = tokens;
        this.applications = applications;
    }

    // Any content type is taken in, as at the token endpoint
    @POST
    @PermitAll
    @SmallBody
    public Uni<RestResponse<Void>> revoke(@Context RoutingContext http, byte[] body) {
        // Also where there was nothing to revoke (section 2.2)
        Form form = Form.read(http.request(), body);
        if (form.get("token").filter(ApplicationTokens::isRefreshToken).isPresent()) {
            ApplicationRequest request = ApplicationRequest.of(http, form);
            return applications
                    .revoke(request.credentials(), request.required("token"), request.origin())
                    .map(Uncached::ok);
        }
        ClientRequest request = ClientRequest.of(http, form);
        return tokens.revoke(request.credentials(), request.ipAddress(), request.token())
                .map(Uncached::ok);
    }
}
