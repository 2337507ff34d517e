package dev.roster.api.oauth2;

import dev.roster.access.token.AccessToken;
import dev.roster.access.token.TokenGrants;
import dev.roster.platform.http.SmallBody;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestResponse;

/** The token endpoint (RFC 6749 section 3.2): the client authenticates itself with its secret. */
@Path("/oauth2/token")
public class TokenResource {
    private final TokenGrants grants;

    TokenResource(TokenGrants grants) {
        this.grants = grants;
    }

    // Any content type is taken in, because a wrong one gets the error body of the RFC too
    @POST
    @PermitAll
    @SmallBody
    @Produces(MediaType.APPLICATION_JSON)
    public Uni<RestResponse<AccessToken>> token(@Context RoutingContext http, byte[] body) {
        TokenRequest request = TokenRequest.read(http, body);
        return grants.grant(request.credentials(), request.terms()).map(Uncached::ok);
    }
}
