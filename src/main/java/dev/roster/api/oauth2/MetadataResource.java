package dev.roster.api.oauth2;

import io.smallrye.common.annotation.NonBlocking;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** The metadata of this server, where clients of OAuth2 (RFC 8414 section 3) and of OpenID Connect look for it. */
@Path("/.well-known")
@NonBlocking
@Produces(MediaType.APPLICATION_JSON)
public class MetadataResource {
    private final ServerMetadata metadata;

    MetadataResource(ServerMetadata metadata) {
        this.metadata = metadata;
    }

    @GET
    @PermitAll
    @Path("/oauth-authorization-server")
    public RestResponse<Map<String, Object>> metadata() {
        return ResponseBuilder.ok(metadata.present())
                .header(HttpHeaders.CACHE_CONTROL, "public, max-age=3600")
                .build();
    }

    @GET
    @PermitAll
    @Path("/openid-configuration")
    public RestResponse<Map<String, Object>> configuration() {
        return metadata();
    }
}
