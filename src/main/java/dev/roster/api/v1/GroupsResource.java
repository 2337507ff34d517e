package dev.roster.api.v1;

import dev.roster.caller.Caller;
import dev.roster.caller.Scope;
import dev.roster.group.GroupReads;
import dev.roster.group.Groups;
import dev.roster.platform.error.FieldError;
import dev.roster.platform.persistence.Precondition;
import dev.roster.user.GroupSummary;
import io.quarkus.security.PermissionsAllowed;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestMulti;

/** The groups of the caller's organization. */
@Path("/api/v1/groups")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class GroupsResource {
    private final Groups groups;
    private final GroupReads reads;
    private final Versions versions;
    private final ItemStream items;
    private final SecurityIdentity identity;

    GroupsResource(Groups groups, GroupReads reads, Versions versions, ItemStream items, SecurityIdentity identity) {
        this.groups = groups;
        this.reads = reads;
        this.versions = versions;
        this.items = items;
        this.identity = identity;
    }

    @GET
    @PermissionsAllowed(Scope.GROUPS_READ)
    public RestMulti<byte[]> list(@BeanParam PageQuery query, @Context UriInfo uri) {
        PageQuery.check(uri);
        Caller caller = Caller.of(identity);
        return items.list(reads.list(caller.organizationId()), query, group -> body(caller, group));
    }

    @POST
    @PermissionsAllowed(Scope.GROUPS_WRITE)
    public Uni<Response> create(@Valid @NotNull(message = FieldError.REQUIRED) CreateGroupBody body) {
        Caller caller = Caller.of(identity);
        return groups.create(caller, body.toGroup())
                .map(group -> versions.answer(201, body(caller, group), Precondition.state(group.version()))
                        .build());
    }

    @GET
    @Path("/{name}")
    @PermissionsAllowed(Scope.GROUPS_READ)
    public Uni<Response> find(@PathParam("name") String name, @Context HttpHeaders headers) {
        Caller caller = Caller.of(identity);
        return groups.find(caller, name)
                .map(group -> versions.found(headers, body(caller, group), Precondition.state(group.version())));
    }

    @PATCH
    @Path("/{name}")
    @PermissionsAllowed(Scope.GROUPS_WRITE)
    public Uni<Response> patch(
            @PathParam("name") String name,
            @Valid @NotNull(message = FieldError.REQUIRED) PatchGroupBody body,
            @Context HttpHeaders headers) {
        Caller caller = Caller.of(identity);
        return groups.patch(caller, name, body.toPatch(), Versions.precondition(headers))
                .map(group -> versions.answer(200, body(caller, group), Precondition.state(group.version()))
                        .build());
    }

    @DELETE
    @Path("/{name}")
    @PermissionsAllowed(Scope.GROUPS_WRITE)
    @ResponseStatus(204)
    public Uni<Void> remove(@PathParam("name") String name, @Context HttpHeaders headers) {
        return groups.remove(Caller.of(identity), name, Versions.precondition(headers));
    }

    private static GroupBody body(Caller caller, GroupSummary group) {
        return GroupBody.of(caller.organization(), group);
    }
}
