package dev.roster.api.v1;

import dev.roster.access.password.ChangePassword;
import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.FieldError;
import dev.roster.platform.error.RosterException;
import dev.roster.platform.http.Origin;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/**
 * The caller's new password.
 *
 * @param currentPassword required where the account has one
 * @param revokeKeys whether the caller's API keys and secrets end too
 */
public record ChangePasswordBody(
        @Size(max = CurrentPassword.MAX, message = CurrentPassword.TOO_LONG)
        String currentPassword,

        @NotNull(message = FieldError.REQUIRED) String newPassword,
        Boolean revokeKeys) {
    ChangePassword toChange(Origin origin) {
        return new ChangePassword(newPassword, Boolean.TRUE.equals(revokeKeys), currentPassword, origin);
    }

    /** The rules of passwords, told of the field that is called so here. */
    static RosterException named(RosterException refused) {
        return refused.code() == ErrorCode.INVALID_REQUEST && !refused.fields().isEmpty()
                ? RosterException.invalid(
                        "new_password", refused.fields().get(0).rule())
                : refused;
    }

    @Override
    public String toString() {
        return "ChangePasswordBody[]"; // a password must not end in a log
    }
}
