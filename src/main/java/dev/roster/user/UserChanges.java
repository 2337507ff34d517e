package dev.roster.user;

import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;
import dev.roster.security.Caller;
import dev.roster.security.Role;
import dev.roster.security.Scope;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Consumer;

/** The rules of a change of an account: who may make it, what it must leave, what it sets. */
final class UserChanges {
    private UserChanges() {}

    /** Refuses a change that the caller may not make, before anything of the account is known. */
    static void authorize(Caller caller, UserKind kind, UUID id, Role role, PatchUser patch) {
        if (kind == UserKind.SERVICE) {
            caller.require(Scope.CLIENTS_WRITE);
        } else if (patch.changesAccess()) {
            caller.require(Scope.USERS_WRITE);
        } else {
            caller.requireChangeOf(id);
        }
        if (patch.role() != null) {
            caller.requireGrant(patch.role());
        }
        // Who can sign in as an account, or switch it on, has its role.
        boolean opens =
                patch.changesAccess() || patch.email() != null || patch.person().password() != null;
        if (opens && !caller.is(id)) {
            caller.requireGrant(role);
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
     * Makes the change; {@code federated_account} where the identity provider owns what it sets.
     *
     * @param passwordHash null keeps the one there is
     */
    static void apply(User user, PatchUser patch, String passwordHash, Instant now) {
        refuseFederated(user, patch);
        set(patch.displayName(), value -> user.displayName = value);
        set(patch.fullName(), value -> user.fullName = value.isEmpty() ? null : value);
        set(patch.email(), user::changeEmail);
        set(patch.description(), value -> user.description = value);
        set(patch.role(), value -> user.role = value);
        user.status = patch.statusAfter(user.status);
        set(patch.metadata(), value -> user.metadata = value.apply(user.metadata));
        apply(user, patch.person());
        set(passwordHash, value -> user.passwordHash = value);
        user.touch(now);
    }

    private static void apply(User user, PatchPerson patch) {
        set(patch.username(), user::rename);
        set(patch.passwordExpired(), value -> user.passwordExpired = value);
        set(patch.avatarUrl(), value -> user.avatarUrl = value);
        set(patch.company(), value -> user.company = value);
        set(patch.jobTitle(), value -> user.jobTitle = value);
        set(patch.onboarded(), value -> user.onboarded = value);
    }

    private static void refuseFederated(User user, PatchUser patch) {
        if (user.oauthProvider != null
                && (differs(patch.email(), user.email)
                        || differs(patch.person().username(), user.username))) {
            throw RosterException.of(ErrorCode.FEDERATED_ACCOUNT);
        }
    }

    private static boolean differs(String wanted, String present) {
        return wanted != null && !wanted.equals(present);
    }

    private static <T> void set(T value, Consumer<T> setter) {
        if (value != null) {
            setter.accept(value);
        }
    }
}
