package dev.roster.api.v1;

import dev.roster.platform.error.FieldError;
import dev.roster.platform.validation.Text;
import jakarta.validation.constraints.NotNull;

/** What an invited person chooses. */
public record AcceptInviteBody(
        @NotNull(message = FieldError.REQUIRED) @Text(max = 150)
        String name,

        @NotNull(message = FieldError.REQUIRED) String password) {

    @Override
    public String toString() {
        return "AcceptInviteBody[]"; // a password must not end in a log
    }
}
