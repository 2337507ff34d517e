package dev.roster.invite;

import dev.roster.audit.AuditLog;
import dev.roster.caller.Caller;
import dev.roster.caller.Scope;
import dev.roster.group.Memberships;
import dev.roster.platform.error.ErrorCode;
import dev.roster.user.AccountEvents;
import dev.roster.user.CreateUser;
import dev.roster.user.Reopening;
import dev.roster.user.User;
import dev.roster.user.UserStatus;
import dev.roster.user.Users;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Set;
import java.util.UUID;

/**
 * The accounts that wait for invited persons. They have their role and groups from the start and
 * nobody can use them before the invite is accepted, so that what an administrator changes about
 * them meanwhile holds.
 */
@ApplicationScoped
class InviteAccounts {
    private final Users users;
    private final Reopening reopening;
    private final Memberships memberships;
    private final AuditLog audit;
    private final Clock clock;

    InviteAccounts(Users users, Reopening reopening, Memberships memberships, AuditLog audit, Clock clock) {
        this.reopening = reopening;
        this.audit = audit;
        this.users = users;
        this.memberships = memberships;
        this.clock = clock;
    }

    /**
     * A locked pending account, and what was done to have it.
     *
     * @param byInvite whether it exists only because of invites
     * @param groups the ids of the groups that the invite names
     */
    record Prepared(User account, boolean byInvite, Set<UUID> groups) {}

    /**
     * The account of an address, new, pending already or opened again; {@code email_taken} for an active one, {@code
     * conflict} for a federated one. Locks its groups.
     *
     * @param known the locked account that has the address; null where none has
     */
    Uni<Prepared> prepare(Caller caller, User known, CreateInvite creation) {
        return known == null ? create(caller.organizationId(), creation) : reuse(caller, known, creation);
    }

    /** Refuses an account that an invite cannot bring to life any more. */
    static void requirePending(User account) {
        ErrorCode.INVITE_REVOKED.unless(account != null && account.status != UserStatus.DEACTIVATED);
        ErrorCode.INVITE_USED.unless(account.status != UserStatus.ACTIVE);
    }

    private Uni<Prepared> create(UUID organizationId, CreateInvite creation) {
        CreateUser pending = CreateUser.pending(creation.email(), creation.name(), creation.role());
        return users.add(organizationId, pending).chain(account -> join(account, true, creation));
    }

    private Uni<Prepared> reuse(Caller caller, User account, CreateInvite creation) {
        if (account.status == UserStatus.DEACTIVATED) {
            return memberships
                    .lock(account, creation.groups())
                    .chain(() -> reopening.reopen(caller, account, creation.keepGroups()))
                    .chain(() -> change(account, creation))
                    .chain(() -> join(account, false, creation));
        }
        ErrorCode.EMAIL_TAKEN.unless(account.status == UserStatus.PENDING_SIGN_UP);
        return Invite.hasMade(account)
                .invoke(byInvite -> authorize(caller, account, byInvite, creation))
                .call(() -> change(account, creation))
                .chain(byInvite -> join(account, byInvite, creation));
    }

    /**
     * Who may accept for an account gets the role that it has; and an account that someone made
     * otherwise is changed under the rules of such a change.
     */
    private static void authorize(Caller caller, User account, boolean byInvite, CreateInvite creation) {
        caller.requireDominance(account.role);
        boolean changes = account.role != creation.role() || creation.name() != null;
        if (!byInvite && changes) {
            caller.require(Scope.USERS_WRITE);
        }
    }

    private Uni<Void> change(User account, CreateInvite creation) {
        AccountEvents before = AccountEvents.of(account);
        account.changeInvitedRole(creation.role());
        account.changeDisplayName(creation.name());
        account.touch(clock.instant());
        return audit.record(before.until(account));
    }

    private Uni<Prepared> join(User account, boolean byInvite, CreateInvite creation) {
        return memberships.add(account, creation.groups()).map(groups -> new Prepared(account, byInvite, groups));
    }
}
