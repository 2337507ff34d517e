package dev.roster.api.zenml;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.roster.access.token.CallerPrincipal;
import dev.roster.access.token.DerivedTokens;
import dev.roster.caller.Scope;
import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;
import io.quarkus.security.PermissionsAllowed;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** Gives callers of ZenML Pro a token for their automation: an hour of what theirs may do. */
@Path(ZenmlTokenResource.PATH)
public class ZenmlTokenResource {
    static final String PATH = "/auth/api_token";

    private final DerivedTokens derived;
    private final SecurityIdentity identity;

    ZenmlTokenResource(DerivedTokens derived, SecurityIdentity identity) {
        this.derived = derived;
        this.identity = identity;
    }

    // Any scope will do: what comes out has no other
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @PermissionsAllowed({
        Scope.USERS_READ,
        Scope.USERS_WRITE,
        Scope.GROUPS_READ,
        Scope.GROUPS_WRITE,
        Scope.INVITES_WRITE,
        Scope.SESSIONS_WRITE,
        Scope.CLIENTS_WRITE,
        Scope.SELF_WRITE,
        Scope.AUDIT_READ,
        Scope.SYSTEM
    })
    public Uni<RestResponse<String>> token() {
        if (!(identity.getPrincipal() instanceof CallerPrincipal principal)) {
            throw RosterException.of(ErrorCode.INVALID_TOKEN);
        }
        return derived.of(principal)
                .map(token ->
                        // A text would be written as it is, and not as JSON
                        ResponseBuilder.ok(TextNode.valueOf(token.accessToken()).toString())
                                .header("Pragma", "no-cache")
                                .build());
    }
}
