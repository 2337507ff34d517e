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
import java.util.List;
import java.util.UUID;

/** The use cases of those who read what happened in their organization. */
@ApplicationScoped
public class AuditEvents {
    // A transaction takes seconds at most and clocks differ a little: what is older is complete,
    // so that whoever follows the events misses none
    private static final Duration SETTLED = Duration.ofSeconds(15);

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
        UUID below = end(filter);
        return new KeysetListing<>(
                organizationId,
                "audit events " + filter,
                new KeysetListing.Places<>(
                        AuditEventView::id, place -> List.of(place.toString()), words -> UUID.fromString(words.get(0))),
                (place, limit) -> (filter.oldestFirst()
                                ? reads.list(organizationId, filter, or(place, above), below, limit)
                                : reads.list(organizationId, filter, above, or(place, below), limit))
                        .map(Part::whole));
    }

    private UUID end(AuditFilter filter) {
        UUID until = filter.until() == null ? NEWEST : Uuids.first(filter.until());
        UUID settled = Uuids.first(clock.instant().minus(SETTLED));
        boolean follows = filter.oldestFirst()
                && Long.compareUnsigned(settled.getMostSignificantBits(), until.getMostSignificantBits()) < 0;
        return follows ? settled : until;
    }

    private static UUID or(UUID place, UUID bound) {
        return place == null ? bound : place;
    }
}
