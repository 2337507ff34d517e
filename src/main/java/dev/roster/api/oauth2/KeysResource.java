package dev.roster.api.oauth2;

import dev.roster.access.signing.KeyRotation;
import dev.roster.access.signing.SigningKeyEvents;
import dev.roster.caller.Caller;
import dev.roster.caller.Scope;
import io.quarkus.security.PermissionsAllowed;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.jboss.resteasy.reactive.ResponseStatus;

/** Rotates the keys that sign access tokens. */
@Path("/oauth2/keys")
public class KeysResource {
    private final KeyRotation rotation;
    private final SigningKeyEvents events;
    private final SecurityIdentity identity;

    KeysResource(KeyRotation rotation, SigningKeyEvents events, SecurityIdentity identity) {
        this.events = events;
        this.rotation = rotation;
        this.identity = identity;
    }

    @POST
    @Path("/rotate")
    @PermissionsAllowed(Scope.SYSTEM)
    @ResponseStatus(204)
    public Uni<Void> rotate() {
        Caller caller = Caller.of(identity);
        return rotation.rotate(caller).chain(() -> events.rotated(caller.organizationId()));
    }
}
