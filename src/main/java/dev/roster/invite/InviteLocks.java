package dev.roster.invite;

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

    /** The invite with its account; {@code invite_not_found}. */
    Uni<Locked> lock(UUID organizationId, UUID id) {
        return Invite.accountOf(organizationId, id)
                .chain(
                        userId ->
                                userId == null
                                        ? Uni.createFrom().nullItem()
                                        : User.lockById(organizationId, userId))
                .chain(
                        account ->
                                Invite.lock(organizationId, id)
                                        .onItem()
                                        .ifNull()
                                        .failWith(InviteReads::notFound)
                                        .map(invite -> new Locked(invite, account)));
    }
}
