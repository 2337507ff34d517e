package dev.roster.oauth;

import dev.roster.audit.AuditEvent;
import dev.roster.audit.AuditLog;
import dev.roster.audit.AuditType;
import dev.roster.audit.Target;
import dev.roster.security.Caller;
import dev.roster.security.KeyRotation;
import dev.roster.security.Scope;
import dev.roster.security.SigningKeys;
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
    private final SigningKeys keys;
    private final AuditLog audit;
    private final SecurityIdentity identity;

    KeysResource(
            KeyRotation rotation, SigningKeys keys, AuditLog audit, SecurityIdentity identity) {
        this.keys = keys;
        this.audit = audit;
        this.rotation = rotation;
        this.identity = identity;
    }

    @POST
    @Path("/rotate")
    @PermissionsAllowed(Scope.SYSTEM)
    @ResponseStatus(204)
    public Uni<Void> rotate() {
        Caller caller = Caller.of(identity);
        return rotation.rotate(caller).chain(() -> audit.append(rotated(caller)));
    }

    // The next key signs once its readers know it: until then the present one goes on
    private AuditEvent rotated(Caller caller) {
        return AuditEvent.of(caller.organizationId(), AuditType.SIGNING_KEY_ROTATED)
                .on(Target.Kind.SIGNING_KEY, null, keys.signingId());
    }
}
