package dev.roster.api.v1;

import dev.roster.api.QueryParameters;
import dev.roster.caller.Caller;
import dev.roster.caller.Scope;
import dev.roster.transfer.Exports;
import io.quarkus.security.PermissionsAllowed;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.RestMulti;

/** All persons of the caller's organization, as an import takes them. */
@Path("/api/v1/users/export")
public class UserExportResource {
    private final Exports exports;
    private final ItemStream items;
    private final SecurityIdentity identity;

    UserExportResource(Exports exports, ItemStream items, SecurityIdentity identity) {
        this.exports = exports;
        this.items = items;
        this.identity = identity;
    }

    @GET
    @Produces(ItemStream.LINES)
    @PermissionsAllowed(Scope.USERS_READ)
    public RestMulti<byte[]> export(@QueryParam("hashes") String hashes, @Context UriInfo uri) {
        ListQuery.check(uri);
        boolean wanted = Boolean.TRUE.equals(QueryParameters.flag("hashes", hashes));
        return items.lines(exports.users(Caller.of(identity), wanted).map(part -> part.stream()
                .map(ExportUserBody::of)
                .map(Object.class::cast)
                .toList()));
    }
}
