package dev.roster.access.browser;

import dev.roster.caller.Caller;
import java.time.Instant;
import java.util.UUID;

/**
 * The session that a browser goes on in.
 *
 * @param caller the account with the rights it has at present
 * @param name what the account is called
 * @param organizationName what its organization is called
 */
public record BrowserSession(Caller caller, String name, String organizationName) {

    public UUID organizationId() {
        return caller.organizationId();
    }

    public UUID userId() {
        return caller.userId();
    }

    public UUID sessionId() {
        return caller.sessionId();
    }

    /** When the person last proved who it is. */
    public Instant authenticatedAt() {
        return caller.authenticatedAt();
    }
}
