package dev.roster.api.v1;

import dev.roster.platform.validation.Text;
import jakarta.validation.constraints.NotNull;

/** What an invited person chooses. */
public record AcceptInviteBody(
        @NotNull(message = Required.MESSAGE) @Text(max = 150)
        String name,

        @NotNull(message = Required.MESSAGE) String password) {

    @Override
    public String toString() {
        return "AcceptInviteBody[]"; // a password must not end in a log
    }
}
