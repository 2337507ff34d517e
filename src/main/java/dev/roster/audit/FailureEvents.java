package dev.roster.audit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.roster.platform.background.PeriodicWork;
import dev.roster.platform.persistence.Steps;
import dev.roster.platform.persistence.Uuids;
import dev.roster.platform.request.RequestOrigin;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Records failures to prove who one is, and no more of them than the table can take: an attack
 * leaves some, with the number of those that were left out.
 */
@ApplicationScoped
public class FailureEvents implements PeriodicWork {
    private static final Logger LOG = Logger.getLogger(FailureEvents.class);

    // A person sees each guess at its account; a year of an attack at full rate is 32 million rows
    // of an organization and replica.
    private static final int PER_ORGANIZATION = 60;
    private static final int PER_ACCOUNT = 10;
    private static final int PER_ADDRESS = 20;

    // About 2 MB; whoever uses more addresses in a minute is bounded by the organization
    private static final int MOST_SUBJECTS = 10_000;

    private record Subject(UUID organizationId, Object of) {}

    private record Kind(UUID organizationId, AuditType type) {}

    private final AuditLog audit;
    private final MeterRegistry metrics;
    private final Cache<Subject, AtomicInteger> minute;
    private final Map<Kind, Integer> omitted = new ConcurrentHashMap<>();

    FailureEvents(AuditLog audit, MeterRegistry metrics, Clock clock) {
        this.audit = audit;
        this.metrics = metrics;
        minute = Caffeine.newBuilder()
                .maximumSize(MOST_SUBJECTS)
                .expireAfterWrite(Duration.ofMinutes(1))
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .build();
        // At zero from the start: of a series that begins with its first failure Prometheus sees no increase
        Stream.of(AuditType.CLIENT_FAILED, AuditType.SIGN_IN_FAILED).forEach(this::counter);
    }

    /** Records a failure, or counts it for the next event, as one that cannot be recorded now. Never fails itself. */
    public Uni<Void> add(AuditEvent failure) {
        counter(failure.type()).increment();
        Kind kind = new Kind(failure.organizationId(), failure.type());
        if (!isWelcome(failure)) {
            omit(kind, 1);
            return Uni.createFrom().voidItem();
        }
        Integer before = omitted.remove(kind);
        return (before == null ? audit.append(failure) : audit.append(failure.with("omitted", before)))
                .onFailure()
                .invoke(lost -> omit(kind, before == null ? 1 : before + 1))
                .onFailure()
                .recoverWithNull();
    }

    /** Notes a failure at an organization or a client that does not exist: no one reads of it. */
    public Uni<Void> addUnknown(AuditType type) {
        counter(type).increment();
        if (take(new Subject(Uuids.NIL, type), PER_ACCOUNT)) {
            LOG.infof("%s: there is no such organization or client", type.value());
        }
        return Uni.createFrom().voidItem();
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(1);
    }

    /** Records how many failures were left out that no other event has told of since. */
    @Override
    public Uni<Void> run() {
        return Steps.eachOnItsOwn(List.copyOf(omitted.keySet()), this::tell);
    }

    private Uni<Void> tell(Kind kind) {
        Integer left = omitted.remove(kind);
        return left == null
                ? Uni.createFrom().voidItem()
                : audit.append(AuditEvent.of(kind.organizationId(), kind.type()).with("omitted", left))
                        .onFailure()
                        .invoke(lost -> omit(kind, left));
    }

    private void omit(Kind kind, int failures) {
        omitted.merge(kind, failures, Integer::sum);
    }

    // An account or an address that is used up does not use up what the organization has
    private boolean isWelcome(AuditEvent failure) {
        UUID organization = failure.organizationId();
        return take(new Subject(organization, account(failure)), PER_ACCOUNT)
                && take(new Subject(organization, address()), PER_ADDRESS)
                && take(new Subject(organization, organization), PER_ORGANIZATION);
    }

    private boolean take(Subject subject, int most) {
        return minute.get(subject, none -> new AtomicInteger()).incrementAndGet() <= most;
    }

    private static Object account(AuditEvent failure) {
        return failure.target() == null ? "no account" : failure.target().id();
    }

    private static Object address() {
        return RequestOrigin.current()
                .map(request -> request.origin().address())
                .orElse("no address");
    }

    private Counter counter(AuditType type) {
        return metrics.counter("roster.authentications.failed", "type", type.value());
    }
}
