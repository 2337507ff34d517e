package dev.roster.access.reset;

/**
 * A new password for one that was forgotten.
 *
 * @param code of the link
 * @param revokeKeys whether the account's API keys and secrets end too
 * @param ipAddress null where it is not known
 */
public record ResetPassword(String code, String password, boolean revokeKeys, String ipAddress) {

    @Override
    public String toString() {
        return "ResetPassword[]"; // neither code nor password must end in a log
    }
}
