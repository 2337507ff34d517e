package dev.roster.api.zenml;

import dev.roster.access.password.SignIns;
import dev.roster.access.token.AccessToken;
import dev.roster.access.token.DerivedTokens;
import dev.roster.access.token.OAuthError;
import dev.roster.access.token.TokenGrants;
import dev.roster.api.oauth2.Form;
import dev.roster.api.oauth2.TokenRequest;
import dev.roster.platform.http.CallerAddress;
import dev.roster.platform.http.SmallBody;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;

/**
 * Signs in under the name and in the bodies of ZenML Pro: programs with an API key or, as at the
 * token endpoint (RFC 6749 section 3.2), with the secret of a client, and persons with their
 * password.
 */
@Path(ZenmlLoginResource.PATH)
public class ZenmlLoginResource {
    static final String PATH = "/auth/login";

    private final TokenGrants grants;
    private final SignIns signIns;
    private final DerivedTokens derived;

    ZenmlLoginResource(TokenGrants grants, SignIns signIns, DerivedTokens derived) {
        this.grants = grants;
        this.signIns = signIns;
        this.derived = derived;
    }

    // Any content type is taken in, as at the token endpoint
    @POST
    @PermitAll
    @SmallBody
    @Produces(MediaType.APPLICATION_JSON)
    public Uni<Response> login(@Context RoutingContext http, byte[] body) {
        return Uni.createFrom()
                .deferred(() -> token(http, Form.read(http.request(), body)))
                .map(token -> uncached(Response.ok(ZenmlTokenBody.of(token))))
                .onFailure(OAuthError.class)
                .recoverWithItem(refused -> refused((OAuthError) refused));
    }

    private Uni<AccessToken> token(RoutingContext http, Form form) {
        if (ZenmlPasswordForm.isKey(form)) {
            return derived.ofKey(ZenmlPasswordForm.readKey(form), CallerAddress.of(http));
        }
        return ZenmlPasswordForm.isOne(form)
                ? signIns.signIn(ZenmlPasswordForm.read(http, form))
                : grant(TokenRequest.lenient(http, form));
    }

    private Uni<AccessToken> grant(TokenRequest request) {
        return grants.grant(request.credentials(), request.terms());
    }

    private static Response refused(OAuthError error) {
        int status = error.code().status();
        String text = error.getMessage() + ".";
        Response.ResponseBuilder answer =
                Response.status(status).entity(new ZenmlErrorBody(status == 400 ? List.of("ValueError", text) : text));
        error.retryAfterSeconds().ifPresent(seconds -> answer.header(HttpHeaders.RETRY_AFTER, seconds));
        return uncached(status == 401 ? answer.header(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"roster\"") : answer);
    }

    private static Response uncached(Response.ResponseBuilder answer) {
        return answer.type(MediaType.APPLICATION_JSON_TYPE)
                .header("Pragma", "no-cache")
                .build();
    }
}
