package dev.roster.api.kubiya;

import dev.roster.caller.Caller;
import dev.roster.caller.Scope;
import dev.roster.user.UserReads;
import io.quarkus.security.PermissionsAllowed;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** The list of users at the path that newer clients of Kubiya call. */
@Path(KubiyaPaths.USERS_V2)
@Produces(MediaType.APPLICATION_JSON)
public class KubiyaUsersV2Resource {
    private final UserReads reads;
    private final SecurityIdentity identity;

    KubiyaUsersV2Resource(UserReads reads, SecurityIdentity identity) {
        this.reads = reads;
        this.identity = identity;
    }

    @GET
    @PermissionsAllowed(Scope.USERS_READ)
    public Uni<KubiyaUsersBody> list(@BeanParam KubiyaListQuery query) {
        return reads.slice(Caller.of(identity).organizationId(), query.filter(), query.slice())
                .map(KubiyaUsersBody::of);
    }
}
