package dev.roster.api.kubiya;

import dev.roster.caller.Caller;
import dev.roster.caller.Scope;
import dev.roster.invite.Invites;
import dev.roster.platform.error.FieldError;
import io.quarkus.security.PermissionsAllowed;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** The invites of the Kubiya contract; both paths are its own, under either scheme. */
@Path(KubiyaPaths.USERS)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class KubiyaInvitesResource {
    private final Invites invites;
    private final SecurityIdentity identity;

    KubiyaInvitesResource(Invites invites, SecurityIdentity identity) {
        this.invites = invites;
        this.identity = identity;
    }

    @POST
    @Path("/invite")
    @PermissionsAllowed(Scope.INVITES_WRITE)
    public Uni<KubiyaInviteBody> invite(@Valid @NotNull(message = FieldError.REQUIRED) CreateKubiyaInviteBody body) {
        return invite(body, false);
    }

    /** Recorded as made by the system; only administrators hold the scope. */
    @POST
    @Path("/system_invite")
    @PermissionsAllowed(Scope.INVITES_WRITE)
    public Uni<KubiyaInviteBody> inviteBySystem(
            @Valid @NotNull(message = FieldError.REQUIRED) CreateKubiyaInviteBody body) {
        return invite(body, true);
    }

    private Uni<KubiyaInviteBody> invite(CreateKubiyaInviteBody body, boolean bySystem) {
        return invites.create(Caller.of(identity), body.toInvite(bySystem)).map(KubiyaInviteBody::of);
    }
}
