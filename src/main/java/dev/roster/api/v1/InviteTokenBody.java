package dev.roster.api.v1;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** What accepts an invite. */
@RegisterForReflection
public record InviteTokenBody(String token) {

    @Override
    public String toString() {
        return "InviteTokenBody[]"; // a token must not end in a log
    }
}
