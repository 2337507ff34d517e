package dev.roster.api.oauth2;

import dev.roster.access.signing.SigningKeys;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** The public keys that verify access tokens, as a JWK set (RFC 7517 section 5). */
@Path("/oauth2/jwks")
@NonBlocking
public class PublicKeysResource {
    private static final String CACHE_CONTROL = "public, max-age=" + SigningKeys.PUBLISHED_FOR.toSeconds();

    private final SigningKeys keys;

    PublicKeysResource(SigningKeys keys) {
        this.keys = keys;
    }

    @GET
    @PermitAll
    @Produces("application/jwk-set+json")
    public RestResponse<String> keys() {
        return keys("application/jwk-set+json");
    }

    /** The same to verifiers that ask for JSON. */
    @GET
    @PermitAll
    @Produces(MediaType.APPLICATION_JSON + ";qs=0.5")
    public RestResponse<String> keysAsJson() {
        return keys(MediaType.APPLICATION_JSON);
    }

    private RestResponse<String> keys(String type) {
        // No key signs before it has been published for longer than this
        return ResponseBuilder.ok(keys.published())
                .header(HttpHeaders.CACHE_CONTROL, CACHE_CONTROL)
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
                .header(HttpHeaders.CONTENT_TYPE, type)
                .build();
    }
}
