package dev.roster.oauth;

import dev.roster.security.SigningKeys;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** The public keys that verify access tokens, as a JWK set (RFC 7517 section 5). */
@Path("/oauth2/jwks")
@Tag(name = "OAuth2")
public class PublicKeysResource {
    private static final String CACHE_CONTROL =
            "public, max-age=" + SigningKeys.PUBLISHED_FOR.toSeconds();

    private final SigningKeys keys;

    PublicKeysResource(SigningKeys keys) {
        this.keys = keys;
    }

    @GET
    @PermitAll
    @Produces("application/jwk-set+json")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(ref = "JwkSet")))
    public RestResponse<String> keys() {
        // No key signs before it has been published for longer than this
        return ResponseBuilder.ok(keys.published())
                .header(HttpHeaders.CACHE_CONTROL, CACHE_CONTROL)
                .build();
    }
}
