package dev.roster.access.password;

import dev.roster.platform.http.Origin;

/**
 * A person's change of its own password.
 *
 * @param revokeKeys whether the account's API keys and secrets end too
 * @param currentPassword null where none was given
 */
public record ChangePassword(String newPassword, boolean revokeKeys, String currentPassword, Origin origin) {

    @Override
    public String toString() {
        return "ChangePassword[]"; // a password must not end in a log
    }
}
