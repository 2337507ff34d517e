package dev.roster.api.oauth2;

import dev.roster.access.client.ClientCredentials;
import dev.roster.access.grant.ApplicationGate;
import dev.roster.access.grant.OwnTokens;
import dev.roster.access.token.Introspection;
import dev.roster.access.token.IssuedTokens;
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

/**
 * Says whether a token is good (RFC 7662 section 2): the asking client authenticates itself, be it one of an account or an
 * application.
 */
@Path("/oauth2/introspect")
public class IntrospectionResource {
    private final IssuedTokens tokens;
    private final OwnTokens own;
    private final ApplicationGate applications;

    IntrospectionResource(IssuedTokens tokens, OwnTokens own, ApplicationGate applications) {
        this.tokens = tokens;
        this.own = own;
        this.applications = applications;
    }

    // Any content type is taken in, as at the token endpoint
    @POST
    @PermitAll
    @SmallBody
    @Produces(MediaType.APPLICATION_JSON)
    public Uni<RestResponse<Introspection>> introspect(@Context RoutingContext http, byte[] body) {
        ApplicationRequest request = ApplicationRequest.read(http, body);
        String token = request.form().required("token");
        ClientCredentials credentials = request.credentials();
        return applications
                .isFor(credentials)
                .chain(application -> application
                        ? own.introspect(credentials, token, request.origin())
                        : tokens.introspect(credentials, request.origin().address(), token))
                .map(Uncached::ok);
    }
}
