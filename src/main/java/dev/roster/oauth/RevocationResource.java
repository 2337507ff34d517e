package dev.roster.oauth;

import dev.roster.platform.http.SmallBody;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * Revokes a token together with its session (RFC 7009 section 2): the client authenticates itself.
 */
@Path("/oauth2/revoke")
@Tag(name = "OAuth2")
public class RevocationResource {
    private final IssuedTokens tokens;

    RevocationResource(IssuedTokens tokens) {
        this.tokens = tokens;
    }

    // Any content type is taken in, as at the token endpoint
    @POST
    @PermitAll
    @SmallBody
    @APIResponse(responseCode = "200", description = "Revoked, or there was nothing to revoke.")
    public Uni<RestResponse<Void>> revoke(
            @Context RoutingContext http,
            @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_FORM_URLENCODED,
                                            schema = @Schema(ref = "PresentedToken")))
                    byte[] body) {
        // Also where there was nothing to revoke (section 2.2)
        return tokens.revoke(ClientRequest.read(http, body)).map(Uncached::ok);
    }
}
