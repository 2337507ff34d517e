package dev.roster.user;

import dev.roster.caller.Role;

/**
 * What decided about an account's access before a change.
 *
 * @param email null where it had none
 * @param emailKey null where it had no e-mail address
 */
public record UserBefore(
        Role role, UserStatus status, String email, String emailKey, String passwordHash, boolean passwordExpired) {
    static UserBefore of(User user) {
        return new UserBefore(
                user.role, user.status, user.email, user.emailKey, user.passwordHash, user.passwordExpired);
    }

    @Override
    public String toString() {
        return "UserBefore[" + role + ", " + status + "]"; // a hash must not end in a log
    }
}
