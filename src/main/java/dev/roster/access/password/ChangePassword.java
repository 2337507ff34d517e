package dev.roster.access.password;

import dev.roster.user.Proof;

/**
 * A person's change of its own password.
 *
 * @param revokeKeys whether the account's API keys end too
 * @param proof the current password, and where the request comes from
 * @param userAgent null where the request named none
 */
public record ChangePassword(String newPassword, boolean revokeKeys, Proof proof, String userAgent) {

    @Override
    public String toString() {
        return "ChangePassword[]"; // a password must not end in a log
    }
}
