package dev.roster.access.client;

import dev.roster.caller.Caller;
import dev.roster.caller.Scope;
import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;
import dev.roster.platform.paging.KeysetListing;
import dev.roster.platform.paging.Listing;
import dev.roster.platform.persistence.Rows;
import dev.roster.platform.persistence.UniqueRow;
import dev.roster.platform.persistence.UnitOfWork;
import dev.roster.platform.standby.ListReads;
import dev.roster.revocation.Revocations;
import dev.roster.user.CredentialEnd;
import dev.roster.user.LastAdmin;
import dev.roster.user.OwnCredentials;
import dev.roster.user.Proof;
import dev.roster.user.ProvenOwner;
import dev.roster.user.SignInClientId;
import dev.roster.user.User;
import dev.roster.user.UserKind;
import dev.roster.user.UserReference;
import dev.roster.user.UserStatus;
import dev.roster.user.UserView;
import dev.roster.user.Users;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;

/**
 * The secrets of an account, a person's or a service account's: several at a time, so that each
 * program can have its own. Everybody looks after its own, and an administrator after those of
 * every account that its token could act as.
 */
@ApplicationScoped
public class AccountSecrets {
    private static final String LIST = """
            SELECT id, name, client_id, created_at, expires_at, last_used_at FROM clients
             WHERE organization_id = $1 AND user_id = $2 AND id < $3 AND revoked_at IS NULL
               AND client_id NOT LIKE '%s%%'
             ORDER BY id DESC LIMIT $4
            """.formatted(SignInClientId.PREFIX);

    private final Users users;
    private final Clients clients;
    private final ListReads lists;
    private final SecretRules rules;
    private final OwnCredentials owners;
    private final Revocations revocations;
    private final Clock clock;

    AccountSecrets(
            Users users,
            Clients clients,
            ListReads lists,
            SecretRules rules,
            OwnCredentials owners,
            Revocations revocations,
            Clock clock) {
        this.users = users;
        this.clients = clients;
        this.lists = lists;
        this.rules = rules;
        this.owners = owners;
        this.revocations = revocations;
        this.clock = clock;
    }

    /** An account's secrets, the newest first; {@code user_not_found} or its like. */
    public Uni<Listing<SecretView>> list(Caller caller, UserReference account) {
        return reach(caller, account).map(found -> list(caller.organizationId(), found.id()));
    }

    private Listing<SecretView> list(UUID organizationId, UUID userId) {
        return KeysetListing.newestFirst(
                organizationId, "secrets " + userId, SecretView::id, (before, limit) -> lists.execute(
                                LIST, Tuple.of(organizationId, userId, before, limit))
                        .map(rows -> Rows.list(rows, SecretView::of)));
    }

    /**
     * Adds a secret, and the others go on; {@code secret_limit_reached}. To the caller's own
     * account by who proves to be its owner: a stolen token or a key must not become a lasting
     * sign-in. Where the secret that its token was got with is all that proves it, the new one ends
     * with that.
     */
    public Uni<NewSecret> add(Caller caller, UserReference account, AddSecret addition, Proof proof) {
        Instant expiresAt = rules.end("expires_at", addition.expiresAt(), clock.instant());
        return reach(caller, account)
                .chain(found -> owners.require(caller, found, proof))
                .chain(proven -> UnitOfWork.transaction(() -> users.lock(caller, account)
                        .invoke(user -> authorize(caller, user))
                        .chain(user -> endOfNew(caller, user, proven, expiresAt)
                                .chain(end -> clients.issue(user, addition.name(), end)))));
    }

    /** When a new secret of a locked account ends, null where never, by the rules of {@link #add}. */
    Uni<Instant> endOfNew(Caller caller, User user, ProvenOwner proven, Instant wanted) {
        proven.require(caller, user);
        requireUsable(caller, user);
        return caller.is(user.id) && proven.passwordHash() == null
                ? CredentialEnd.within(caller, wanted, clock)
                : Uni.createFrom().item(wanted);
    }

    /**
     * Ends a secret, and the tokens got with it, at once; {@code secret_not_found}, {@code
     * last_admin_credential}.
     */
    public Uni<Void> revoke(Caller caller, UserReference account, UUID id) {
        return revocations.heard(reach(caller, account)
                .chain(() -> UnitOfWork.transaction(() -> users.lock(caller, account)
                        .invoke(user -> authorize(caller, user))
                        .chain(user -> revoke(user, id)))));
    }

    /** The account; whether one exists that the caller may not reach is not told. */
    private Uni<UserView> reach(Caller caller, UserReference account) {
        return users.find(caller, account)
                .onFailure(RosterException.class)
                .transform(missing -> unlessOutOfReach(caller, missing))
                .invoke(found -> caller.requireReach(found.id(), Scope.CLIENTS_WRITE));
    }

    private static Throwable unlessOutOfReach(Caller caller, Throwable missing) {
        try {
            caller.requireReach(null, Scope.CLIENTS_WRITE);
            return missing;
        } catch (RosterException refused) {
            return refused;
        }
    }

    /** Whoever has a secret of an account is that account, and may do all that its role may. */
    private static void authorize(Caller caller, User user) {
        caller.requireReach(user.id, Scope.CLIENTS_WRITE);
        caller.requireDominance(user.role);
    }

    private static void requireUsable(Caller caller, User user) {
        if (caller.is(user.id)) {
            OwnCredentials.requireOwnIssuer(user, "secrets");
        }
        if (user.kind == UserKind.PERSON && user.status != UserStatus.ACTIVE) {
            throw RosterException.of(ErrorCode.CONFLICT, "The account is not active.");
        }
    }

    /** What has ended by itself lets nobody in, and may go. */
    private Uni<Void> keepCredential(User user, Client revoked) {
        Instant now = clock.instant();
        boolean usable = revoked.expiresAt == null || revoked.expiresAt.isAfter(now);
        return usable ? LastAdmin.keepCredential(user, now) : Uni.createFrom().voidItem();
    }

    private Uni<Void> revoke(User user, UUID id) {
        return UniqueRow.required(
                        Client.findShown(user.organizationId, user.id, id), ErrorCode.SECRET_NOT_FOUND::refusal)
                .chain(client -> clients.revoke(user, client.id).chain(() -> keepCredential(user, client)));
    }
}
