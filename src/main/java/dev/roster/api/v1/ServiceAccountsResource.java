package dev.roster.api.v1;

import dev.roster.access.client.NewServiceAccount;
import dev.roster.access.client.ServiceAccountView;
import dev.roster.access.client.ServiceAccounts;
import dev.roster.caller.Caller;
import dev.roster.caller.Scope;
import dev.roster.group.Memberships;
import dev.roster.platform.error.FieldError;
import dev.roster.user.UserReference;
import dev.roster.user.Users;
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
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Objects;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestMulti;

/** The service accounts of the caller's organization. */
@Path("/api/v1/service-accounts")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class ServiceAccountsResource {
    private final ServiceAccounts accounts;
    private final Users users;
    private final Memberships memberships;
    private final Versions versions;
    private final ItemStream items;
    private final SecurityIdentity identity;

    ServiceAccountsResource(
            ServiceAccounts accounts,
            Users users,
            Memberships memberships,
            Versions versions,
            ItemStream items,
            SecurityIdentity identity) {
        this.accounts = accounts;
        this.users = users;
        this.memberships = memberships;
        this.versions = versions;
        this.items = items;
        this.identity = identity;
    }

    @GET
    @PermissionsAllowed(Scope.USERS_READ)
    public RestMulti<byte[]> list(@BeanParam PageQuery query, @Context UriInfo uri) {
        PageQuery.check(uri);
        Caller caller = Caller.of(identity);
        return items.list(accounts.list(caller), query, account -> body(caller, account));
    }

    @POST
    @PermissionsAllowed(Scope.CLIENTS_WRITE)
    public Uni<Response> create(@Valid @NotNull(message = FieldError.REQUIRED) CreateServiceAccountBody body) {
        Caller caller = Caller.of(identity);
        return accounts.create(caller, body.toServiceAccount()).map(created -> once(201, caller, created));
    }

    @GET
    @Path("/{name}")
    @PermissionsAllowed(Scope.USERS_READ)
    public Uni<Response> find(@PathParam("name") String name, @Context HttpHeaders headers) {
        Caller caller = Caller.of(identity);
        return accounts.find(caller, name)
                .map(found -> versions.found(
                        headers, body(caller, found), found.account().state()));
    }

    @PATCH
    @Path("/{name}")
    @PermissionsAllowed(Scope.CLIENTS_WRITE)
    public Uni<Response> patch(
            @PathParam("name") String name,
            @Valid @NotNull(message = FieldError.REQUIRED) PatchServiceAccountBody body,
            @Context HttpHeaders headers) {
        Caller caller = Caller.of(identity);
        return accounts.patch(caller, name, body.toPatch(), Versions.precondition(headers))
                .map(changed -> answer(caller, changed));
    }

    @DELETE
    @Path("/{name}")
    @PermissionsAllowed(Scope.CLIENTS_WRITE)
    @ResponseStatus(204)
    public Uni<Void> remove(@PathParam("name") String name, @Context HttpHeaders headers) {
        return users.remove(Caller.of(identity), UserReference.service(name), Versions.precondition(headers));
    }

    @PUT
    @Path("/{name}/groups")
    @PermissionsAllowed(Scope.GROUPS_WRITE)
    public Uni<Response> changeGroups(
            @PathParam("name") String name,
            @Valid @NotNull(message = FieldError.REQUIRED) ChangeGroupsBody body,
            @Context HttpHeaders headers) {
        Caller caller = Caller.of(identity);
        return memberships
                .change(
                        caller,
                        UserReference.service(name),
                        body.toChange(),
                        Versions.precondition(headers),
                        accounts::view)
                .map(changed -> answer(caller, changed));
    }

    @POST
    @Path("/{name}/token")
    @PermissionsAllowed(Scope.CLIENTS_WRITE)
    public Uni<Response> rotate(@PathParam("name") String name, @Valid RotateTokenBody body) {
        Caller caller = Caller.of(identity);
        RotateTokenBody rotation = Objects.requireNonNullElse(body, RotateTokenBody.NOW);
        return accounts.rotate(caller, name, rotation.toRotation()).map(rotated -> once(200, caller, rotated));
    }

    private Response once(int status, Caller caller, NewServiceAccount made) {
        ServiceAccountBody shown = ServiceAccountBody.of(caller.organization(), made);
        ServiceAccountBody found = body(caller, made.account());
        return Secrets.once(
                versions.answer(status, shown, found, made.account().account().state()));
    }

    private Response answer(Caller caller, ServiceAccountView account) {
        return versions.answer(200, body(caller, account), account.account().state())
                .build();
    }

    private static ServiceAccountBody body(Caller caller, ServiceAccountView account) {
        return ServiceAccountBody.of(caller.organization(), account);
    }
}
