package dev.roster.audit;

import dev.roster.platform.request.OwnContext;
import java.util.Optional;
import java.util.UUID;

/**
 * The person of an account who has proven that by a link or by another issuer, in a request without a token: whatever the rest
 * of it does is recorded as done by that one, also in the browser of somebody else.
 */
public final class ProvenActor {
    private static final String KEY = ProvenActor.class.getName();

    private ProvenActor() {}

    /** Notes whose person has proven it, for the rest of the request. */
    public static void note(UUID organizationId, UUID accountId) {
        OwnContext.note(KEY, Actor.account(organizationId, accountId, null, null));
    }

    static Optional<Actor> get() {
        return OwnContext.noted(KEY);
    }
}
