package dev.roster.api.oauth2;

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

/** Says whether a token is good (RFC 7662 section 2): the asking client authenticates itself. */
@Path("/oauth2/introspect")
public class IntrospectionResource {
    private final IssuedTokens tokens;

    IntrospectionResource(IssuedTokens tokens) {
        this.tokens = tokens;
    }

    // Any content type is taken in, as at the token endpoint
    @POST
    @PermitAll
    @SmallBody
    @Produces(MediaType.APPLICATION_JSON)
    public Uni<RestResponse<Introspection>> introspect(@Context RoutingContext http, byte[] body) {
        ClientRequest request = ClientRequest.read(http, body);
        return tokens.introspect(request.credentials(), request.ipAddress(), request.token())
                .map(Uncached::ok);
    }
}
