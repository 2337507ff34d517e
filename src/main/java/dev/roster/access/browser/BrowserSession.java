package dev.roster.access.browser;

import dev.roster.caller.Brand;
import dev.roster.caller.Caller;
import dev.roster.caller.Role;
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
 * @param foreignRole what the issuer that signed the person in lets it do at most; null where no other one did
 */
public record BrowserSession(
        Caller caller, String username, String name, Brand brand, boolean isFederated, Role foreignRole) {

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

    /** Whether an application may get a scope here, also for later: never one that the other issuer withholds. */
    public boolean mayPassOn(String scope) {
        return foreignRole == null || foreignRole.allows(scope) || !Role.ADMIN.allows(scope);
    }

    /** When the person last proved who it is. */
    public Instant authenticatedAt() {
        return caller.authenticatedAt();
    }
}
