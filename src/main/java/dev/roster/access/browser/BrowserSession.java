package dev.roster.access.browser;

import dev.roster.caller.Brand;
import dev.roster.caller.Caller;
import java.time.Instant;
import java.util.UUID;

/**
 * The session that a browser goes on in.
 *
 * @param caller the account with the rights it has at present
 * @param username what it signs in with, as does its address
 * @param name what the account is called
 * @param brand how its organization shows itself
 * @param isFederated whether the account is one of another issuer, which keeps its username, address and password
 * @param begunAt when its person signed in here, be it with a proof of before to another issuer
 */
public record BrowserSession(
        Caller caller, String username, String name, Brand brand, boolean isFederated, Instant begunAt) {

    /** What the organization is called. */
    public String organizationName() {
        return brand.name();
    }

    public UUID organizationId() {
        return caller.organizationId();
    }

    public UUID userId() {
        return caller.userId();
    }

    public UUID sessionId() {
        return caller.sessionId();
    }

    /** When the person last proved who it is; the epoch where the issuer that it signed in through does not say. */
    public Instant authenticatedAt() {
        return caller.authenticatedAt();
    }
}
