package dev.roster.api.kubiya;

import dev.roster.caller.Caller;
import dev.roster.caller.Scope;
import dev.roster.group.GroupReads;
import io.quarkus.security.PermissionsAllowed;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** The groups as clients of Kubiya list them: all, in the order of their names. */
@Path(KubiyaPaths.GROUPS)
@Produces(MediaType.APPLICATION_JSON)
public class KubiyaGroupsResource {
    private final GroupReads reads;
    private final SecurityIdentity identity;

    KubiyaGroupsResource(GroupReads reads, SecurityIdentity identity) {
        this.reads = reads;
        this.identity = identity;
    }

    /** A bare array, sent page by page in constant memory. */
    @GET
    @PermissionsAllowed(Scope.GROUPS_READ)
    public Multi<KubiyaGroupBody> list() {
        return reads.list(Caller.of(identity).organizationId()).stream()
                .onItem()
                .transformToIterable(page -> page)
                .map(KubiyaGroupBody::of);
    }
}
