package dev.roster.web;

import dev.roster.organization.OrganizationSettings;
import dev.roster.platform.error.ErrorCode;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

/** The logos of organizations; who knows the path of one may see it. */
@Path("/logos")
public class LogoPage {
    private final OrganizationSettings settings;

    LogoPage(OrganizationSettings settings) {
        this.settings = settings;
    }

    @GET
    @Path("/{organization}/{digest}.png")
    @PermitAll
    public Uni<Response> show(@PathParam("organization") String organization, @PathParam("digest") String digest) {
        return Uni.createFrom()
                .deferred(() -> settings.logo(Pages.uuid(organization, ErrorCode.NOT_FOUND), digest))
                .map(found -> Response.ok(found.orElseThrow(ErrorCode.NOT_FOUND::refusal), "image/png")
                        .header(HttpHeaders.CACHE_CONTROL, "public, max-age=31536000, immutable")
                        .build());
    }
}
