package dev.roster.invite;

import dev.roster.caller.Caller;
import dev.roster.caller.Role;
import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;
import dev.roster.platform.persistence.TransactionLock;
import dev.roster.platform.persistence.UniqueRow;
import dev.roster.platform.validation.CanonicalText;
import dev.roster.user.CallerStanding;
import dev.roster.user.User;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/**
 * Locks an invite behind its account, as the removal of an account does, so that the two never wait
 * for each other.
 */
@ApplicationScoped
class InviteLocks {
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
        return TransactionLock.tryToHold(organizationId + " " + CanonicalText.fold(email))
                .invoke(claimed -> refuseBusy(claimed, "This e-mail address is being invited by another request."))
                .replaceWithVoid();
    }

    /**
     * Keeps the right of the inviter until the transaction ends, so that what ends that right comes before the invite or
     * finds it; {@code invalid_token}, {@code forbidden} where it came before, {@code conflict} where it comes now. Nobody
     * waits: the row of an account is not to be locked behind those of groups. Behind this an invite waits for nothing but
     * its limits.
     */
    Uni<Void> holdInviter(Caller caller, Role granted) {
        return TransactionLock.tryToShare(inviter(caller.organizationId(), caller.userId()))
                .invoke(held -> refuseBusy(held, "Your account is being changed by another request."))
                .chain(() -> CallerStanding.require(caller))
                .invoke(role -> ErrorCode.FORBIDDEN.unless(role.includes(granted)))
                .replaceWithVoid();
    }

    /** Waits for the invites that a locked account is making, which are found then; until the transaction ends it makes none. */
    Uni<Void> keepFromInviting(User account) {
        return TransactionLock.hold(inviter(account.organizationId, account.id));
    }

    private static String inviter(UUID organizationId, UUID id) {
        return "inviter " + organizationId + " " + id;
    }

    private static void refuseBusy(boolean free, String detail) {
        if (!free) {
            throw RosterException.of(ErrorCode.CONFLICT, detail);
        }
    }

    /** The invite with its account; {@code invite_not_found}. */
    Uni<Locked> lock(UUID organizationId, UUID id) {
        return Invite.accountOf(organizationId, id)
                .chain(userId -> userId == null ? Uni.createFrom().nullItem() : User.lockById(organizationId, userId))
                .chain(account -> UniqueRow.required(
                                Invite.lock(organizationId, id), ErrorCode.INVITE_NOT_FOUND::refusal)
                        .map(invite -> new Locked(invite, account)));
    }
}
