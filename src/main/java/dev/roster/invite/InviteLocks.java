package dev.roster.invite;

import dev.roster.caller.Caller;
import dev.roster.caller.Role;
import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;
import dev.roster.platform.persistence.SessionSql;
import dev.roster.platform.validation.CanonicalText;
import dev.roster.user.User;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;

/**
 * Locks an invite behind its account, as the removal of an account does, so that the two never wait
 * for each other.
 */
@ApplicationScoped
class InviteLocks {
    private static final String CLAIM = "SELECT pg_try_advisory_xact_lock(hashtextextended(CAST($1 AS text), 0))";

    private static final String INVITER =
            "SELECT role FROM users WHERE organization_id = $1 AND id = $2 AND status = 'active'" + " FOR SHARE";

    /**
     * What stays as it is until the transaction ends.
     *
     * @param account null where it is gone
     */
    record Locked(Invite invite, User account) {}

    /**
     * Keeps an address until the transaction ends; {@code conflict} where another transaction has
     * it. Nobody waits: fifty programs that invite the same person at once would otherwise hold
     * fifty connections until the first is done, and then be refused as well.
     */
    Uni<Void> claim(UUID organizationId, String email) {
        return SessionSql.value(Boolean.class, CLAIM, organizationId + " " + CanonicalText.fold(email))
                .invoke(claimed -> {
                    if (!claimed) {
                        throw RosterException.of(
                                ErrorCode.CONFLICT, "This e-mail address is being invited by another request.");
                    }
                })
                .replaceWithVoid();
    }

    /**
     * Keeps the inviter as it is until the transaction ends, so that what ends its right to invite
     * comes before the invite or finds it; {@code invalid_token}, {@code forbidden} where it came
     * before.
     */
    Uni<Void> holdInviter(Caller caller, Role granted) {
        return SessionSql.value(String.class, INVITER, caller.organizationId(), caller.userId())
                .map(Optional::ofNullable)
                .invoke(role -> requireInviter(role.flatMap(Role::of), granted))
                .replaceWithVoid();
    }

    private static void requireInviter(Optional<Role> role, Role granted) {
        if (role.isEmpty()) {
            throw RosterException.of(ErrorCode.INVALID_TOKEN);
        }
        if (!role.get().includes(granted)) {
            throw RosterException.of(ErrorCode.FORBIDDEN);
        }
    }

    /** The invite with its account; {@code invite_not_found}. */
    Uni<Locked> lock(UUID organizationId, UUID id) {
        return Invite.accountOf(organizationId, id)
                .chain(userId -> userId == null ? Uni.createFrom().nullItem() : User.lockById(organizationId, userId))
                .chain(account -> Invite.lock(organizationId, id)
                        .onItem()
                        .ifNull()
                        .failWith(InviteReads::notFound)
                        .map(invite -> new Locked(invite, account)));
    }
}
