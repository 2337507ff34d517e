package dev.roster.audit;

import dev.roster.caller.Caller;
import dev.roster.caller.Scope;
import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.paging.KeysetListing;
import dev.roster.platform.paging.Listing;
import dev.roster.platform.paging.Part;
import dev.roster.platform.persistence.Uuids;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The use cases of those who read what happened in their organization. */
@ApplicationScoped
public class AuditEvents {
    // Whoever follows the events misses none: those of transactions that begin from now on are later, but for what the
    // clocks of
    // replicas differ by, and those of others that go on come after the oldest has begun, by the clock of the database
    private static final Duration SETTLED = Duration.ofSeconds(15);
    private static final Duration OF_CLOCKS = Duration.ofSeconds(5);

    private static final UUID NEWEST = new UUID(-1, -1);

    private final AuditReads reads;
    private final Clock clock;

    AuditEvents(AuditReads reads, Clock clock) {
        this.reads = reads;
        this.clock = clock;
    }

    /** One event; {@code audit_event_not_found}. */
    public Uni<AuditEventView> find(Caller caller, UUID id) {
        caller.require(Scope.AUDIT_READ);
        return reads.byId(caller.organizationId(), id)
                .map(found -> found.orElseThrow(ErrorCode.AUDIT_EVENT_NOT_FOUND::refusal));
    }

    /**
     * The events of a filter. With the oldest first, the last seconds are left out until no event
     * can come before one that was read.
     */
    public Listing<AuditEventView> list(Caller caller, AuditFilter filter) {
        caller.require(Scope.AUDIT_READ);
        UUID organizationId = caller.organizationId();
        UUID above = filter.since() == null ? Uuids.NIL : Uuids.first(filter.since());
        Uni<UUID> end = end(filter).memoize().indefinitely();
        return new KeysetListing<>(
                organizationId,
                "audit events " + filter,
                new KeysetListing.Places<>(
                        AuditEventView::id, place -> List.of(place.toString()), words -> UUID.fromString(words.get(0))),
                (place, limit) -> end.chain(below -> filter.oldestFirst()
                                ? reads.list(organizationId, filter, or(place, above), below, limit)
                                : reads.list(organizationId, filter, above, or(place, below), limit))
                        .map(Part::whole));
    }

    private Uni<UUID> end(AuditFilter filter) {
        UUID until = filter.until() == null ? NEWEST : Uuids.first(filter.until());
        return filter.oldestFirst()
                ? reads.oldestChange().map(begun -> earlier(Uuids.first(settled(begun)), until))
                : Uni.createFrom().item(until);
    }

    private Instant settled(Optional<Instant> begun) {
        Instant settled = clock.instant().minus(SETTLED);
        return begun.map(time -> time.minus(OF_CLOCKS)).filter(settled::isAfter).orElse(settled);
    }

    private static UUID earlier(UUID one, UUID other) {
        return Long.compareUnsigned(one.getMostSignificantBits(), other.getMostSignificantBits()) < 0 ? one : other;
    }

    private static UUID or(UUID place, UUID bound) {
        return place == null ? bound : place;
    }
}
