package dev.roster.oauth;

import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

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
    @Produces(MediaType.APPLICATION_JSON)
    public Uni<RestResponse<AccessToken>> token(HttpServerRequest http, byte[] body) {
        return grants.grant(TokenRequest.read(http, body)).map(TokenResource::uncached);
    }

    private static RestResponse<AccessToken> uncached(AccessToken token) {
        return ResponseBuilder.ok(token)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header("Pragma", "no-cache")
                .build();
    }
}
