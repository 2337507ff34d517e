package dev.roster.api.oauth2;

import dev.roster.access.grant.ApplicationTokens;
import dev.roster.access.grant.GrantedTokens;
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
import java.util.function.Function;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * The token endpoint (RFC 6749 section 3.2): clients of accounts prove their secret; applications bring a code or a refresh
 * token, and their secret if they can keep one.
 */
@Path("/oauth2/token")
public class TokenResource {
    private final TokenGrants grants;
    private final ApplicationTokens applications;
    private final CrossOrigin origins;

    TokenResource(TokenGrants grants, ApplicationTokens applications, CrossOrigin origins) {
        this.origins = origins;
        this.grants = grants;
        this.applications = applications;
    }

    // Any content type is taken in, because a wrong one gets the error body of the RFC too
    @POST
    @PermitAll
    @SmallBody
    @Produces(MediaType.APPLICATION_JSON)
    public Uni<? extends RestResponse<?>> token(@Context RoutingContext http, byte[] body) {
        Form form = Form.read(http.request(), body);
        return switch (form.get("grant_type").orElse("")) {
            case "authorization_code" -> answer(http, form, this::exchange);
            case "refresh_token" -> answer(http, form, this::refresh);
            default -> grant(TokenRequest.of(http, form)).map(Uncached::ok);
        };
    }

    private Uni<RestResponse<GrantedTokens>> answer(
            RoutingContext http, Form form, Function<ApplicationRequest, Uni<GrantedTokens>> grant) {
        ApplicationRequest request = ApplicationRequest.of(http, form);
        return origins.allow(http, request.credentials().clientId())
                .chain(() -> grant.apply(request))
                .map(Uncached::ok);
    }

    private Uni<AccessToken> grant(TokenRequest request) {
        return grants.grant(request.credentials(), request.terms());
    }

    private Uni<GrantedTokens> exchange(ApplicationRequest request) {
        return applications.exchange(request.credentials(), request.proof(), request.origin());
    }

    private Uni<GrantedTokens> refresh(ApplicationRequest request) {
        return applications.refresh(
                request.credentials(),
                request.form().required("refresh_token"),
                request.form().get("scope"),
                request.origin());
    }
}
