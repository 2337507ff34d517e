package dev.roster.api.kubiya;

import dev.roster.api.ListAnswers;
import dev.roster.api.QueryParameters;
import dev.roster.caller.Caller;
import dev.roster.caller.Scope;
import dev.roster.user.UserLists;
import io.quarkus.security.PermissionsAllowed;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.RestMulti;

/** The list of users at the path that newer clients of Kubiya call. */
@Path(KubiyaPaths.USERS_V2)
@Produces(MediaType.APPLICATION_JSON)
public class KubiyaUsersV2Resource {
    private final UserLists lists;
    private final ListAnswers answers;
    private final SecurityIdentity identity;

    KubiyaUsersV2Resource(UserLists lists, ListAnswers answers, SecurityIdentity identity) {
        this.lists = lists;
        this.answers = answers;
        this.identity = identity;
    }

    @GET
    @PermissionsAllowed(Scope.USERS_READ)
    public RestMulti<byte[]> list(@BeanParam KubiyaListQuery query, @Context UriInfo uri) {
        QueryParameters.requireOnce(uri, KubiyaListQuery.NAMES);
        return answers.array(
                "{\"items\":[",
                lists.slice(Caller.of(identity).organizationId(), query.filter(), query.slice()),
                KubiyaItemBody::of,
                () -> "]}");
    }
}
