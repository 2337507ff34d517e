package dev.roster.audit;

import dev.roster.caller.Caller;
import dev.roster.caller.CurrentCaller;
import dev.roster.platform.request.RequestOrigin;
import java.util.UUID;

/**
 * Who did something.
 *
 * @param kind {@code account}, {@code anonymous} for a request that nobody has proved to make, or
 *     {@code system} for the service itself
 * @param organizationId the account's; null where there is no account
 * @param clientId the public identifier; null where no client is known
 * @param sessionId null where there is none
 */
record Actor(String kind, UUID organizationId, UUID id, String clientId, UUID sessionId) {
    private static final Actor ANONYMOUS = new Actor("anonymous", null, null, null, null);
    private static final Actor SYSTEM = new Actor("system", null, null, null, null);

    static Actor account(UUID organizationId, UUID id, String clientId, UUID sessionId) {
        return new Actor("account", organizationId, id, clientId, sessionId);
    }

    /** Who makes the request for which this is called. */
    static Actor current() {
        return ProvenActor.get()
                .or(() -> CurrentCaller.get().map(Actor::of))
                .orElseGet(() -> RequestOrigin.current().isPresent() ? ANONYMOUS : SYSTEM);
    }

    private static Actor of(Caller caller) {
        return account(caller.organizationId(), caller.userId(), caller.clientId(), caller.sessionId());
    }
}
