package dev.roster.api.v1;

import dev.roster.platform.error.FieldError;
import jakarta.validation.constraints.NotNull;

/** What the link of an invite has in its query. */
public record InviteCodeBody(
        @NotNull(message = FieldError.REQUIRED) String code) {

    @Override
    public String toString() {
        return "InviteCodeBody[]"; // a code must not end in a log
    }
}
