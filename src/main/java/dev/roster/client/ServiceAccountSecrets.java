package dev.roster.client;

import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;
import dev.roster.platform.paging.Listing;
import dev.roster.revocation.Revocations;
import dev.roster.security.Caller;
import dev.roster.security.Scope;
import dev.roster.user.User;
import dev.roster.user.UserKind;
import dev.roster.user.UserView;
import dev.roster.user.Users;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;

/** The secrets of a service account, several at a time, so that each program can have its own. */
@ApplicationScoped
public class ServiceAccountSecrets {
    private final Users users;
    private final Clients clients;
    private final SecretReads reads;
    private final Revocations revocations;
    private final Clock clock;

    ServiceAccountSecrets(
            Users users, Clients clients, SecretReads reads, Revocations revocations, Clock clock) {
        this.users = users;
        this.clients = clients;
        this.reads = reads;
        this.revocations = revocations;
        this.clock = clock;
    }

    /** An account's secrets, the newest first; {@code service_account_not_found}. */
    public Uni<Listing<SecretView>> list(Caller caller, String account) {
        return find(caller, account).map(id -> reads.list(caller.organizationId(), id));
    }

    /** Adds a secret; the others go on. */
    public Uni<NewSecret> add(Caller caller, String account, AddSecret addition) {
        caller.require(Scope.CLIENTS_WRITE);
        requireFuture(addition.expiresAt());
        return Panache.withTransaction(
                () ->
                        users.lock(caller, UserKind.SERVICE, account)
                                .invoke(user -> caller.requireDominance(user.role))
                                .chain(user -> issue(user, addition)));
    }

    /** Ends a secret, and the tokens got with it, at once; {@code secret_not_found}. */
    public Uni<Void> revoke(Caller caller, String account, UUID id) {
        caller.require(Scope.CLIENTS_WRITE);
        return Panache.withTransaction(
                        () ->
                                users.lock(caller, UserKind.SERVICE, account)
                                        .invoke(user -> caller.requireDominance(user.role))
                                        .chain(user -> revoke(user, id)))
                .chain(revocations::settle);
    }

    private Uni<UUID> find(Caller caller, String account) {
        caller.require(Scope.CLIENTS_WRITE);
        return users.find(caller, UserKind.SERVICE, account).map(UserView::id);
    }

    private Uni<NewSecret> issue(User user, AddSecret addition) {
        return clients.issue(user.organizationId, user.id, addition.name(), addition.expiresAt())
                .map(issued -> new NewSecret(SecretView.of(issued.client()), issued.secret()));
    }

    private Uni<Void> revoke(User user, UUID id) {
        return Client.findUsable(user.organizationId, user.id, id)
                .onItem()
                .ifNull()
                .failWith(() -> RosterException.of(ErrorCode.SECRET_NOT_FOUND))
                .chain(client -> clients.revoke(user, client.id));
    }

    private void requireFuture(Instant expiresAt) {
        if (expiresAt != null && !expiresAt.isAfter(clock.instant())) {
            throw RosterException.invalid("expires_at", "must be in the future");
        }
    }
}
