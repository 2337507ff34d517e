package dev.roster.api.oauth2;

import dev.roster.caller.Issuer;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** The metadata of this authorization server (RFC 8414 section 3). */
@Path("/.well-known/oauth-authorization-server")
public class MetadataResource {
    private final ServerMetadata metadata;

    MetadataResource(Issuer issuer) {
        metadata = ServerMetadata.of(issuer);
    }

    @GET
    @PermitAll
    @Produces(MediaType.APPLICATION_JSON)
    public RestResponse<ServerMetadata> metadata() {
        return ResponseBuilder.ok(metadata)
                .header(HttpHeaders.CACHE_CONTROL, "public, max-age=3600")
                .build();
    }
}
