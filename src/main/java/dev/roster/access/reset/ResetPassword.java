package dev.roster.access.reset;

import dev.roster.platform.digest.SentForm;

/**
 * A new password for one that was forgotten.
 *
 * @param code of the link
 * @param revokeKeys whether the account's API keys and secrets end too
 * @param browser what only the browser knows whose form it is; null where it is none
 * @param ipAddress null where it is not known
 */
public record ResetPassword(String code, String password, boolean revokeKeys, String browser, String ipAddress) {

    SentForm form() {
        return SentForm.of(browser, code, Boolean.toString(revokeKeys), password);
    }

    @Override
    public String toString() {
        return "ResetPassword[]"; // neither code nor password must end in a log
    }
}
