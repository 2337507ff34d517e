package dev.roster.api.v1;

import dev.roster.api.QueryParameters;
import dev.roster.caller.Caller;
import dev.roster.caller.Scope;
import dev.roster.invite.AcceptInvite;
import dev.roster.invite.InviteAcceptance;
import dev.roster.invite.InviteCodes;
import dev.roster.invite.InviteReads;
import dev.roster.invite.Invites;
import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.FieldError;
import dev.roster.platform.error.RosterException;
import dev.roster.platform.http.Origin;
import dev.roster.platform.http.SmallBody;
import io.quarkus.security.PermissionsAllowed;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestMulti;

/** The invites into the caller's organization, and their acceptance by who is invited. */
@Path("/api/v1/invites")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class InvitesResource {
    private final Invites invites;
    private final InviteReads reads;
    private final InviteAcceptance acceptance;
    private final InviteCodes codes;
    private final ItemStream items;
    private final SecurityIdentity identity;

    InvitesResource(
            Invites invites,
            InviteReads reads,
            InviteAcceptance acceptance,
            InviteCodes codes,
            ItemStream items,
            SecurityIdentity identity) {
        this.invites = invites;
        this.reads = reads;
        this.acceptance = acceptance;
        this.codes = codes;
        this.items = items;
        this.identity = identity;
    }

    @GET
    @PermissionsAllowed(Scope.INVITES_WRITE)
    public RestMulti<byte[]> list(@BeanParam InviteListQuery query, @Context UriInfo uri) {
        PageQuery.check(uri);
        return items.list(reads.list(Caller.of(identity), query.wanted()), query, InviteBody::of);
    }

    @POST
    @PermissionsAllowed(Scope.INVITES_WRITE)
    public Uni<Response> create(@Valid @NotNull(message = FieldError.REQUIRED) CreateInviteBody body) {
        return invites.create(Caller.of(identity), body.toInvite())
                .onFailure(ErrorCode.EMAIL_TAKEN::isOf)
                .transform(taken ->
                        RosterException.of(ErrorCode.EMAIL_TAKEN, new FieldError("email", "belongs to a user")))
                .map(InviteBody::of)
                .map(created -> Secrets.once(Response.status(201).entity(created)));
    }

    @GET
    @Path("/{id}")
    @PermissionsAllowed(Scope.INVITES_WRITE)
    public Uni<InviteBody> find(@PathParam("id") String id) {
        return reads.find(Caller.of(identity), QueryParameters.id(id)).map(InviteBody::of);
    }

    @POST
    @Path("/{id}/resend")
    @PermissionsAllowed(Scope.INVITES_WRITE)
    public Uni<Response> resend(@PathParam("id") String id) {
        return invites.resend(Caller.of(identity), QueryParameters.id(id))
                .map(InviteBody::of)
                .map(sent -> Secrets.once(Response.ok(sent)));
    }

    @DELETE
    @Path("/{id}")
    @PermissionsAllowed(Scope.INVITES_WRITE)
    @ResponseStatus(204)
    public Uni<Void> revoke(@PathParam("id") String id) {
        return invites.revoke(Caller.of(identity), QueryParameters.id(id));
    }

    @POST
    @Path("/token")
    @PermitAll
    @SmallBody
    public Uni<Response> token(@Valid @NotNull(message = FieldError.REQUIRED) InviteCodeBody body) {
        return codes.token(body.code()).map(InviteTokenBody::new).map(token -> Secrets.once(Response.ok(token)));
    }

    @POST
    @Path("/accept")
    @PermitAll
    @LinkBearer.Invite
    @SmallBody
    public Uni<Response> accept(
            @Valid @NotNull(message = FieldError.REQUIRED) AcceptInviteBody body,
            @Context ContainerRequestContext request,
            @Context RoutingContext http) {
        AcceptInvite accepting =
                new AcceptInvite(LinkBearerFilter.token(request), body.name(), body.password(), Origin.of(http));
        return acceptance
                .accept(accepting)
                .map(AcceptedInviteBody::of)
                .map(accepted -> Secrets.once(Response.ok(accepted)));
    }
}
