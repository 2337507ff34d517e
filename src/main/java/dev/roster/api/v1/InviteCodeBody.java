package dev.roster.api.v1;

import jakarta.validation.constraints.NotNull;

/** What the link of an invite has in its query. */
public record InviteCodeBody(
        @NotNull(message = Required.MESSAGE) String code) {

    @Override
    public String toString() {
        return "InviteCodeBody[]"; // a code must not end in a log
    }
}
