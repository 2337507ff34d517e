package dev.roster.api.v1;

import dev.roster.access.client.AccountSecrets;
import dev.roster.api.QueryParameters;
import dev.roster.caller.Caller;
import dev.roster.platform.http.CallerAddress;
import dev.roster.user.Proof;
import dev.roster.user.UserReference;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.RestMulti;

/** What the routes of secrets do, whosever they are. */
@Singleton
class SecretRoutes {
    private final AccountSecrets secrets;
    private final ItemStream items;
    private final SecurityIdentity identity;

    SecretRoutes(AccountSecrets secrets, ItemStream items, SecurityIdentity identity) {
        this.secrets = secrets;
        this.items = items;
        this.identity = identity;
    }

    RestMulti<byte[]> list(UserReference account, PageQuery query, UriInfo uri) {
        PageQuery.check(uri);
        return items.list(secrets.list(Caller.of(identity), account), query, SecretBody::of);
    }

    Uni<Response> add(UserReference account, AddSecretBody body, RoutingContext http) {
        return secrets.add(
                        Caller.of(identity),
                        account,
                        body.toAddition(),
                        new Proof(body.currentPassword(), CallerAddress.of(http)))
                .map(SecretBody::of)
                .map(added -> Secrets.once(Response.status(201).entity(added)));
    }

    Uni<Void> revoke(UserReference account, String id) {
        return secrets.revoke(Caller.of(identity), account, QueryParameters.id(id));
    }

    /** The account of the caller. */
    UserReference own() {
        return UserReference.own(Caller.of(identity));
    }
}
