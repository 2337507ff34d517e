package dev.roster.oauth;

import dev.roster.client.ClientCredentials;
import dev.roster.oauth.OAuthError.Code;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** The token endpoint (RFC 6749 section 3.2): the client authenticates itself with its secret. */
@Path("/oauth2/token")
@Tag(name = "OAuth2")
public class TokenResource {
    private final TokenGrants grants;

    TokenResource(TokenGrants grants) {
        this.grants = grants;
    }

    // Any content type is taken in, because a wrong one gets the error body of the RFC too
    @POST
    @PermitAll
    @Produces(MediaType.APPLICATION_JSON)
    public Uni<RestResponse<AccessToken>> token(
            @Context HttpServerRequest http,
            @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_FORM_URLENCODED,
                                            schema = @Schema(ref = "TokenRequest")))
                    byte[] body) {
        return grants.grant(read(http, body)).map(TokenResource::uncached);
    }

    private static TokenRequest read(HttpServerRequest http, byte[] body) {
        if (http.query() != null && !http.query().isEmpty()) {
            throw OAuthError.invalidRequest("Parameters must be in the body, not in the URL");
        }
        if (!isForm(http.getHeader(HttpHeaders.CONTENT_TYPE))) {
            throw OAuthError.invalidRequest(
                    "The body must be " + MediaType.APPLICATION_FORM_URLENCODED);
        }
        Form form = Form.parse(body);
        requireClientCredentials(form);
        ClientCredentials credentials =
                ClientAuthorization.read(http.headers().getAll(HttpHeaders.AUTHORIZATION), form);
        return new TokenRequest(
                credentials,
                form.get("scope"),
                http.getHeader(HttpHeaders.USER_AGENT),
                http.remoteAddress() == null ? null : http.remoteAddress().hostAddress());
    }

    private static void requireClientCredentials(Form form) {
        String grantType =
                form.get("grant_type")
                        .orElseThrow(() -> OAuthError.invalidRequest("grant_type is missing"));
        if (!grantType.equals("client_credentials")) {
            throw new OAuthError(
                    Code.UNSUPPORTED_GRANT_TYPE, "The grant type must be client_credentials");
        }
    }

    private static boolean isForm(String contentType) {
        return contentType != null
                && contentType
                        .split(";", 2)[0]
                        .strip()
                        .equalsIgnoreCase(MediaType.APPLICATION_FORM_URLENCODED);
    }

    private static RestResponse<AccessToken> uncached(AccessToken token) {
        return ResponseBuilder.ok(token)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header("Pragma", "no-cache")
                .build();
    }
}
