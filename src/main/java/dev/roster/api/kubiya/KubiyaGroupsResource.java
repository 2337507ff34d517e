package dev.roster.api.kubiya;

import dev.roster.api.ListAnswers;
import dev.roster.caller.Caller;
import dev.roster.caller.Scope;
import dev.roster.group.GroupReads;
import io.quarkus.security.PermissionsAllowed;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestMulti;

/** The groups as clients of Kubiya list them: all, in the order of their names. */
@Path(KubiyaPaths.GROUPS)
@Produces(MediaType.APPLICATION_JSON)
public class KubiyaGroupsResource {
    private final GroupReads reads;
    private final ListAnswers answers;
    private final SecurityIdentity identity;

    KubiyaGroupsResource(GroupReads reads, ListAnswers answers, SecurityIdentity identity) {
        this.reads = reads;
        this.answers = answers;
        this.identity = identity;
    }

    /** A bare array, sent page by page in constant memory. */
    @GET
    @PermissionsAllowed(Scope.GROUPS_READ)
    public RestMulti<byte[]> list() {
        return answers.array(reads.list(Caller.of(identity).organizationId()).parts(), KubiyaGroupBody::of);
    }
}
