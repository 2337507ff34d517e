package dev.roster.access.federation;

import dev.roster.access.federation.SignInRefused.Reason;
import dev.roster.audit.AuditEvent;
import dev.roster.audit.AuditType;
import dev.roster.audit.FailureEvents;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Counts how sign-ins through issuers end, and tells operators and administrators of those that fail. */
@ApplicationScoped
class RefusedSignIns {
    private static final Logger LOG = Logger.getLogger(RefusedSignIns.class);

    private static final String METRIC = "roster.sign_ins.federated";

    // What an operator or the issuer has to mend; the others are everyday
    private static final Set<Reason> FAULTS = Set.of(Reason.UNAVAILABLE, Reason.WRONG_ANSWER);

    // With these nobody has failed to prove anything
    private static final Set<Reason> NO_EVENT = Set.of(Reason.UNAVAILABLE, Reason.CANCELLED, Reason.UNKNOWN_ATTEMPT);

    private final FailureEvents events;
    private final MeterRegistry metrics;

    RefusedSignIns(FailureEvents events, MeterRegistry metrics) {
        this.events = events;
        this.metrics = metrics;
    }

    /** The work, whose refusal is counted and logged. */
    <T> Uni<T> reporting(TrustedIssuer issuer, Uni<T> work) {
        return work.onFailure(SignInRefused.class).invoke(failure -> report(issuer, (SignInRefused) failure));
    }

    /**
     * The work, whose refusal is an event for the administrators of the organization.
     *
     * @param account whose sign-in it is; null where that is not known
     */
    <T> Uni<T> recording(SignInAttempt attempt, TrustedIssuer issuer, UUID account, Uni<T> work) {
        return work.onFailure(SignInRefused.class)
                .call(failure -> record(attempt.organizationId(), issuer, account, ((SignInRefused) failure).reason()))
                .onFailure(SignInRefused.class)
                .transform(failure -> ((SignInRefused) failure).of(attempt));
    }

    /** Counts one that went well. */
    void none(TrustedIssuer issuer) {
        count(issuer, "succeeded");
    }

    private void report(TrustedIssuer issuer, SignInRefused refused) {
        count(issuer, refused.reason().value());
        Logger.Level level = FAULTS.contains(refused.reason()) ? Logger.Level.WARN : Logger.Level.DEBUG;
        LOG.logf(level, "A sign-in through %s is refused: %s", issuer.url(), refused.getMessage());
    }

    private Uni<Void> record(UUID organizationId, TrustedIssuer issuer, UUID account, Reason reason) {
        if (NO_EVENT.contains(reason)) {
            return Uni.createFrom().voidItem();
        }
        AuditEvent event = AuditEvent.of(organizationId, AuditType.SIGN_IN_FAILED)
                .with("reason", reason.value())
                .with("issuer", issuer.url());
        return events.add(account == null ? event : event.onAccount(account));
    }

    private void count(TrustedIssuer issuer, String outcome) {
        metrics.counter(METRIC, "issuer", issuer.name(), "outcome", outcome).increment();
    }
}
