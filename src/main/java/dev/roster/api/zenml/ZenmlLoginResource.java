package dev.roster.api.zenml;

import dev.roster.api.openapi.Fails;
import dev.roster.oauth.OAuthError;
import dev.roster.oauth.TokenGrants;
import dev.roster.oauth.TokenRequest;
import dev.roster.platform.error.ErrorCode;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;

/** The token endpoint (RFC 6749 section 3.2) under the name and in the bodies of ZenML Pro. */
@Path(ZenmlLoginResource.PATH)
public class ZenmlLoginResource {
    static final String PATH = "/auth/login";

    private final TokenGrants grants;

    ZenmlLoginResource(TokenGrants grants) {
        this.grants = grants;
    }

    // Any content type is taken in, as at the token endpoint
    @POST
    @PermitAll
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "Get an access token")
    @Fails({ErrorCode.INVALID_REQUEST, ErrorCode.INVALID_TOKEN})
    @APIResponseSchema(ZenmlTokenBody.class)
    public Uni<Response> login(
            @Context HttpServerRequest http,
            @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_FORM_URLENCODED,
                                            schema = @Schema(ref = "TokenRequest")))
                    byte[] body) {
        return Uni.createFrom()
                .deferred(() -> grants.grant(TokenRequest.read(http, body)))
                .map(token -> uncached(Response.ok(ZenmlTokenBody.of(token))))
                .onFailure(OAuthError.class)
                .recoverWithItem(refused -> refused((OAuthError) refused));
    }

    private static Response refused(OAuthError error) {
        int status = error.code().status();
        String text = error.getMessage() + ".";
        Response.ResponseBuilder answer =
                Response.status(status)
                        .entity(
                                new ZenmlErrorBody(
                                        status == 401 ? text : List.of("ValueError", text)));
        error.retryAfterSeconds()
                .ifPresent(seconds -> answer.header(HttpHeaders.RETRY_AFTER, seconds));
        return uncached(
                status == 401
                        ? answer.header(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"roster\"")
                        : answer);
    }

    private static Response uncached(Response.ResponseBuilder answer) {
        return answer.type(MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header("Pragma", "no-cache")
                .build();
    }
}
