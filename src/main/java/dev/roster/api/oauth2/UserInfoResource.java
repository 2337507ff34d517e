package dev.roster.api.oauth2;

import dev.roster.access.openid.PersonClaims;
import dev.roster.caller.Caller;
import dev.roster.caller.Scope;
import io.quarkus.security.PermissionsAllowed;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import org.jboss.resteasy.reactive.RestResponse;

/** Tells an application who its person is, as far as its token may know (OpenID Connect Core section 5.3). */
@Path("/oauth2/userinfo")
@Produces(MediaType.APPLICATION_JSON)
public class UserInfoResource {
    private final PersonClaims persons;
    private final SecurityIdentity identity;

    UserInfoResource(PersonClaims persons, SecurityIdentity identity) {
        this.persons = persons;
        this.identity = identity;
    }

    @GET
    @PermissionsAllowed(Scope.OPENID)
    public Uni<RestResponse<Map<String, Object>>> find() {
        return persons.of(Caller.of(identity)).map(Uncached::ok);
    }

    @POST
    @PermissionsAllowed(Scope.OPENID)
    public Uni<RestResponse<Map<String, Object>>> ask() {
        return find();
    }
}
