package dev.roster.access.token;

import dev.roster.access.client.FailedAuthentications;
import dev.roster.audit.AuditEvent;
import dev.roster.audit.AuditType;
import dev.roster.audit.FailureEvents;
import dev.roster.caller.Caller;
import io.smallrye.jwt.auth.principal.ParseException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Counts and records what is no API key, or one no more, and was given as one. */
@ApplicationScoped
class KeyFailures {
    private final FailedAuthentications failures;
    private final TokenVerifier verifier;
    private final FailureEvents events;

    KeyFailures(FailedAuthentications failures, TokenVerifier verifier, FailureEvents events) {
        this.verifier = verifier;
        this.failures = failures;
        this.events = events;
    }

    /**
     * Counts and records one; {@code rate_limited} where there were too many.
     *
     * @param address where the request comes from; null where that is not known
     */
    Uni<Void> add(String key, String address) {
        return failures.refuseKey(key, address)
                .chain(() -> signed(key).map(this::record).orElseGet(() -> events.addUnknown(AuditType.CLIENT_FAILED)));
    }

    /** What it says, revoked or not, where this service has signed it. */
    private Optional<CallerPrincipal> signed(String key) {
        try {
            return Optional.of(verifier.verify(key));
        } catch (ParseException notSigned) {
            return Optional.empty();
        }
    }

    private Uni<Void> record(CallerPrincipal token) {
        Caller owner = token.caller();
        return events.add(AuditEvent.of(owner.organizationId(), AuditType.CLIENT_FAILED)
                .onAccount(owner.userId())
                .with("client_id", owner.clientId())
                .with("reason", token.isApiKey() ? "revoked" : "no_api_key"));
    }
}
