package dev.roster.access.apikey;

import dev.roster.caller.Caller;
import dev.roster.caller.Scope;
import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;
import dev.roster.platform.persistence.UniqueRow;
import dev.roster.user.CallerStanding;
import dev.roster.user.OwnCredentials;
import dev.roster.user.User;
import dev.roster.user.UserReads;
import dev.roster.user.UserStatus;
import dev.roster.user.UserView;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** The accounts that keys act for: the caller's own, or for administrators any. */
@ApplicationScoped
class KeyOwners {
    private final UserReads users;

    KeyOwners(UserReads users) {
        this.users = users;
    }

    /**
     * The account whose keys the caller looks after; {@code user_not_found}, {@code forbidden}.
     *
     * @param name of a person or service account; null means the caller
     */
    Uni<UUID> find(Caller caller, String name) {
        if (name == null) {
            caller.requireReach(caller.userId(), Scope.CLIENTS_WRITE);
            return Uni.createFrom().item(caller.userId());
        }
        return users.byUsername(caller.organizationId(), name)
                .map(found -> found.map(UserView::id))
                .invoke(id -> caller.requireReach(id.orElse(null), Scope.CLIENTS_WRITE))
                .map(id -> id.orElseThrow(ErrorCode.USER_NOT_FOUND::refusal));
    }

    /**
     * The account for a new key, locked until the transaction ends: whoever makes a key for another
     * could act as that one.
     */
    Uni<User> lock(Caller caller, UUID id) {
        return UniqueRow.required(User.lockById(caller.organizationId(), id), ErrorCode.USER_NOT_FOUND::refusal)
                .call(() -> CallerStanding.require(caller))
                .invoke(owner -> requireKeyFor(caller, owner));
    }

    /**
     * Refuses to revoke a key of an account that can do more than the caller, and one of the
     * caller's own that can do more.
     *
     * @param owner the account of the key
     */
    static void requireRevocation(Caller caller, ApiKeyView key, UserView owner) {
        if (!caller.is(owner.id())) {
            caller.requireDominance(owner.role());
            return;
        }
        if (!key.scopes().stream().filter(owner.role()::allows).allMatch(caller.scopes()::contains)) {
            throw RosterException.of(ErrorCode.INSUFFICIENT_SCOPE, "The key has scopes that the token does not have.");
        }
    }

    /** The account of a key, as it is at this moment. */
    Uni<UserView> of(Caller caller, ApiKeyView key) {
        return users.byId(caller.organizationId(), key.ownerId())
                .map(found -> found.orElseThrow(ErrorCode.USER_NOT_FOUND::refusal));
    }

    private static void requireKeyFor(Caller caller, User owner) {
        if (!caller.is(owner.id)) {
            caller.requireDominance(owner.role);
        } else {
            OwnCredentials.requireOwnIssuer(owner, "keys");
        }
        if (owner.status != UserStatus.ACTIVE) {
            throw RosterException.invalid("owner", "must be an active account");
        }
    }
}
