package dev.roster.api.oauth2;

import dev.roster.access.client.ClientCredentials;
import dev.roster.access.grant.ApplicationGate;
import dev.roster.access.grant.OwnTokens;
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
 * Revokes a token together with its session (RFC 7009 section 2): the client authenticates itself, be it one of an account or
 * an application.
 */
@Path("/oauth2/revoke")
public class RevocationResource {
    private final IssuedTokens tokens;
    private final OwnTokens own;
    private final ApplicationGate applications;
    private final CrossOrigin origins;

    RevocationResource(IssuedTokens tokens, OwnTokens own, ApplicationGate applications, CrossOrigin origins) {
        this.tokens = tokens;
        this.own = own;
        this.applications = applications;
        this.origins = origins;
    }

    // Any content type is taken in, as at the token endpoint
    @POST
    @PermitAll
    @SmallBody
    public Uni<RestResponse<Void>> revoke(@Context RoutingContext http, byte[] body) {
        // Also where there was nothing to revoke (section 2.2)
        ApplicationRequest request = ApplicationRequest.read(http, body);
        String token = request.form().required("token");
        ClientCredentials credentials = request.credentials();
        return origins.allow(http, credentials.clientId())
                .chain(() -> applications.isFor(credentials))
                .chain(application -> application
                        ? own.revoke(credentials, token, request.origin())
                        : tokens.revoke(credentials, request.origin().address(), token))
                .map(Uncached::ok);
    }
}
