package dev.roster.api.v1;

import dev.roster.access.reset.ResetPassword;
import dev.roster.platform.error.FieldError;
import jakarta.validation.constraints.NotNull;

/**
 * A new password for one that was forgotten.
 *
 * @param code of the link in the mail
 * @param revokeKeys whether the account's API keys and secrets end too
 */
public record ResetPasswordBody(
        @NotNull(message = FieldError.REQUIRED) String code,
        @NotNull(message = FieldError.REQUIRED) String password,
        Boolean revokeKeys) {
    ResetPassword toReset(String ipAddress) {
        return new ResetPassword(code, password, Boolean.TRUE.equals(revokeKeys), null, ipAddress);
    }

    @Override
    public String toString() {
        return "ResetPasswordBody[]"; // neither code nor password must end in a log
    }
}
