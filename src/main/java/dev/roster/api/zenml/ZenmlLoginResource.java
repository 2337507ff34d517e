package dev.roster.api.zenml;

import dev.roster.oauth.OAuthError;
import dev.roster.oauth.TokenGrants;
import dev.roster.oauth.TokenRequest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;

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
    public Uni<Response> login(HttpServerRequest http, byte[] body) {
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
