package dev.roster.transfer;

import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Bounds the imports at once, so that they fit into memory and no organization has all of the places. Where all are
 * taken, whoever has waited longest for its client makes room.
 */
@ApplicationScoped
class ImportPlaces {
    // Each takes some megabytes; the database is the limit before
    static final int MOST = 12;

    // Batches of one organization wait for each other, so that more are no faster
    static final int MOST_OF_ONE = 4;

    // A client that works sends, and takes, more often
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final String GIVEN = "Others wait, and nothing came for too long.";

    private final Clock clock;
    private final Set<Place> taken = new LinkedHashSet<>();

    ImportPlaces(Clock clock) {
        this.clock = clock;
    }

    /** The place of one import. */
    final class Place {
        private final UUID organizationId;
        private final Consumer<RosterException> leave;
        private Instant waitsSince;

        private Place(UUID organizationId, Consumer<RosterException> leave) {
            this.organizationId = organizationId;
            this.leave = leave;
            this.waitsSince = clock.instant();
        }

        /** Its client is waited for: it has not sent a batch yet, or not taken an answer. */
        void waits() {
            synchronized (taken) {
                waitsSince = clock.instant();
            }
        }

        /**
         * A batch is there, and is worked on; {@code unavailable} where the place was given to another import, or up
         * because the client has left.
         */
        void works() {
            synchronized (taken) {
                require();
                worksStill();
            }
        }

        /**
         * A batch is worked on that was begun already; never fails. Where the place was given away or up meanwhile, what was
         * written is still answered, and whoever begins the next transaction hears of it.
         */
        void worksStill() {
            synchronized (taken) {
                waitsSince = Instant.MAX;
            }
        }

        /** Whether its client waits for the service, and not the other way around. */
        boolean isWorkedOn() {
            synchronized (taken) {
                return waitsSince.equals(Instant.MAX);
            }
        }

        /** Fails as above, and leaves it open whose turn it is, the client's or the service's. */
        void require() {
            synchronized (taken) {
                if (!taken.contains(this)) {
                    throw refusal(GIVEN);
                }
            }
        }

        /** Whether no other import runs, so that it may use what is left. */
        boolean isAlone() {
            synchronized (taken) {
                return taken.size() == 1 && taken.contains(this);
            }
        }

        void end() {
            synchronized (taken) {
                taken.remove(this);
            }
        }
    }

    /**
     * A place for an import; {@code unavailable} where the organization has as many as it may, or all work.
     *
     * @param leave tells the import that its place is another's
     */
    Place take(UUID organizationId, Consumer<RosterException> leave) {
        Place place = new Place(organizationId, leave);
        Optional<Place> slow;
        synchronized (taken) {
            boolean own = taken.stream()
                            .filter(other -> other.organizationId.equals(organizationId))
                            .count()
                    >= MOST_OF_ONE;
            boolean full = own || taken.size() >= MOST;
            slow = full ? slowest(own ? organizationId : null) : Optional.empty();
            if (full && slow.isEmpty()) {
                throw refusal("Other imports run already.");
            }
            slow.ifPresent(taken::remove);
            taken.add(place);
        }
        slow.ifPresent(other -> other.leave.accept(refusal(GIVEN)));
        return place;
    }

    private Optional<Place> slowest(UUID organizationId) {
        Instant latest = clock.instant().minus(PATIENCE);
        return taken.stream()
                .filter(place -> organizationId == null || place.organizationId.equals(organizationId))
                .filter(place -> place.waitsSince.isBefore(latest))
                .min(Comparator.comparing(place -> place.waitsSince));
    }

    private static RosterException refusal(String detail) {
        return RosterException.of(ErrorCode.UNAVAILABLE, detail);
    }
}
