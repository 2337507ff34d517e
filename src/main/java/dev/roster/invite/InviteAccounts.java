package dev.roster.invite;

import dev.roster.group.Memberships;
import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.FieldError;
import dev.roster.platform.error.RosterException;
import dev.roster.user.CreateUser;
import dev.roster.user.EmailUsername;
import dev.roster.user.User;
import dev.roster.user.UserKind;
import dev.roster.user.UserStatus;
import dev.roster.user.Users;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
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
    private final Memberships memberships;

    InviteAccounts(Users users, Memberships memberships) {
        this.users = users;
        this.memberships = memberships;
    }

    /**
     * A locked pending account, and what was done to have it.
     *
     * @param created whether it is new
     * @param groups the ids of its groups
     */
    record Prepared(User account, boolean created, Set<UUID> groups) {}

    /** The account of an address, new or pending already; {@code email_taken} for every other. */
    Uni<Prepared> prepare(UUID organizationId, CreateInvite creation) {
        return User.lockByEmail(organizationId, creation.email())
                .chain(
                        found ->
                                found == null
                                        ? create(organizationId, creation)
                                        : reuse(found, creation));
    }

    /** Refuses an account that an invite cannot bring to life any more. */
    static void requirePending(User account) {
        if (account == null || account.status == UserStatus.DEACTIVATED) {
            throw RosterException.of(ErrorCode.INVITE_REVOKED);
        }
        if (account.status == UserStatus.ACTIVE) {
            throw RosterException.of(ErrorCode.INVITE_USED);
        }
    }

    private Uni<Prepared> create(UUID organizationId, CreateInvite creation) {
        CreateUser pending =
                new CreateUser(
                        UserKind.PERSON,
                        EmailUsername.of(creation.email()),
                        creation.email(),
                        creation.name(),
                        null,
                        creation.role(),
                        UserStatus.PENDING_SIGN_UP,
                        Map.of());
        return users.add(organizationId, pending).chain(account -> join(account, true, creation));
    }

    private Uni<Prepared> reuse(User account, CreateInvite creation) {
        if (account.status != UserStatus.PENDING_SIGN_UP) {
            throw RosterException.of(
                    ErrorCode.EMAIL_TAKEN, new FieldError("email", "belongs to a user"));
        }
        account.role = creation.role();
        if (creation.name() != null) {
            account.displayName = creation.name();
        }
        return join(account, false, creation);
    }

    private Uni<Prepared> join(User account, boolean created, CreateInvite creation) {
        return memberships
                .assign(account, creation.groups())
                .map(groups -> new Prepared(account, created, groups));
    }
}
