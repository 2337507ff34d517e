package dev.roster.audit;

import dev.roster.caller.Caller;
import dev.roster.caller.Scope;
import dev.roster.platform.database.PoolSettings;
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
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The use cases of those who read what happened in their organization. */
@ApplicationScoped
public class AuditEvents {
    // Who follows the events misses none. The id of one may be made before its transaction begins, which may wait for a
    // connection, and once more where that was stale; what has begun the database knows, by a clock of its own
    private static final Duration LEAST = Duration.ofSeconds(15);
    private static final Duration OF_CLOCKS = Duration.ofSeconds(5);

    private static final UUID NEWEST = new UUID(-1, -1);

    private final AuditReads reads;
    private final Duration ahead;
    private final Duration settled;
    private final Clock clock;

    AuditEvents(AuditReads reads, PoolSettings pool, Clock clock) {
        this.reads = reads;
        ahead = pool.timeout().multipliedBy(2).plus(OF_CLOCKS);
        settled = Collections.max(List.of(LEAST, ahead));
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
        // Before it is asked: what begins meanwhile is later
        Instant end = clock.instant().minus(settled);
        return filter.oldestFirst()
                ? reads.oldestTransaction().map(begun -> earlier(Uuids.first(complete(end, begun)), until))
                : Uni.createFrom().item(until);
    }

    private Instant complete(Instant end, Optional<Instant> begun) {
        return begun.map(time -> time.minus(ahead)).filter(end::isAfter).orElse(end);
    }

    private static UUID earlier(UUID one, UUID other) {
        return Long.compareUnsigned(one.getMostSignificantBits(), other.getMostSignificantBits()) < 0 ? one : other;
    }

    private static UUID or(UUID place, UUID bound) {
        return place == null ? bound : place;
    }
}
