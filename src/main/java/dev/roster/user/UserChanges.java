package dev.roster.user;

import dev.roster.caller.Caller;
import dev.roster.caller.Role;
import dev.roster.caller.Scope;
import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.persistence.Given;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/** The rules of a change of an account: who may make it, what it must leave, what it sets. */
final class UserChanges {
    private UserChanges() {}

    /** Refuses a change that the caller may not make, before anything of the account is known. */
    static void authorize(Caller caller, UserKind kind, UUID id, Role role, PatchUser patch) {
        if (kind == UserKind.SERVICE) {
            caller.require(Scope.CLIENTS_WRITE);
            caller.requireDominance(role);
        } else if (patch.changesAccess()) {
            caller.require(Scope.USERS_WRITE);
            caller.requireDominance(role);
        } else if (!caller.is(id) || !patch.isPasswordAlone()) {
            // Everybody has the own password, under the rule of OwnCredentials
            caller.requireChangeOf(id, role);
        }
        if (patch.role() != null) {
            caller.requireDominance(patch.role());
        }
    }

    /** Refuses with {@code last_admin} a change that leaves the organization without one. */
    static Uni<Void> keepAnAdmin(User user, PatchUser patch, Instant now) {
        boolean demoted = patch.role() != null && patch.role() != Role.ADMIN;
        boolean deactivated = patch.statusAfter(user.status) != UserStatus.ACTIVE;
        return user.isActiveAdmin() && (demoted || deactivated)
                ? LastAdmin.check(user, now)
                : Uni.createFrom().voidItem();
    }

    /**
     * Makes the change, which leaves the row as it is where nothing is new; {@code federated_account} where the identity
     * provider owns what it sets.
     *
     * @param passwordHash null keeps the one there is; one that somebody else sets is to be
     *     changed, unless the patch says otherwise
     */
    static void apply(Caller caller, User user, PatchUser patch, String passwordHash, Instant now) {
        refuseFederated(user, patch);
        AccountEvents before = AccountEvents.of(user);
        Given.set(patch.displayName(), value -> user.displayName = value);
        Given.set(patch.fullName(), value -> user.fullName = value.isBlank() ? null : value);
        Given.set(patch.email(), user::changeEmail);
        Given.set(patch.description(), value -> user.description = value);
        Given.set(patch.role(), value -> user.role = value);
        become(user, patch.statusAfter(user.status), now);
        Given.set(patch.metadata(), value -> user.metadata = value.apply(user.metadata));
        apply(user, patch.person());
        if (passwordHash != null) {
            user.passwordHash = passwordHash;
            user.passwordExpired = Objects.requireNonNullElse(patch.person().passwordExpired(), !caller.is(user.id));
        }
        // Clients send the whole account for a new name: what they hold stays good where nothing is new
        if (!before.equals(AccountEvents.of(user))) {
            user.touch(now);
        }
    }

    /** Changes the status; the same one changes nothing. */
    static void become(User user, UserStatus next, Instant now) {
        if (next != user.status) {
            user.deactivatedAt = next == UserStatus.DEACTIVATED ? now : null;
            user.status = next;
        }
    }

    private static void apply(User user, PatchPerson patch) {
        Given.set(patch.username(), user::rename);
        Given.set(patch.passwordExpired(), value -> user.passwordExpired = value);
        Given.set(patch.avatarUrl(), value -> user.avatarUrl = value);
        Given.set(patch.company(), value -> user.company = value);
        Given.set(patch.jobTitle(), value -> user.jobTitle = value);
        Given.set(patch.onboarded(), value -> user.onboarded = value);
    }

    private static void refuseFederated(User user, PatchUser patch) {
        if (user.isFederated()
                && ((PatchUser.differs(patch.email(), user.email)
                                && !EmailMatch.isOneMailbox(patch.email(), user.email))
                        || PatchUser.differs(patch.person().username(), user.username)
                        || patch.person().password() != null)) {
            throw ErrorCode.FEDERATED_ACCOUNT.refusal();
        }
    }
}
