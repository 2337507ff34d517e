package dev.roster.user;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Where pages of all persons of an organization began, and their first parts ended, so that others are counted from there: a
 * walk from page to page costs what its parts cost, and not each the way from the beginning. An anchor is good for as long as
 * nobody comes, goes or is renamed; whether it is, a page says with its rows.
 */
@ApplicationScoped
class PageAnchors {
    // Together some 5 MB; what lies between two anchors of a million is skipped in a millisecond or two
    private static final int ORGANIZATIONS = 64;
    private static final int ANCHORS = 512;

    // A state can come again though the list is another: after a failover that lost changes, and beside a version that
    // does not note all of them. It misleads no longer than this.
    private static final Duration KEPT = Duration.ofMinutes(1);

    private final Cache<UUID, Known> organizations =
            Caffeine.newBuilder().maximumSize(ORGANIZATIONS).build();

    /**
     * A place in the list by name.
     *
     * @param offset how many persons come before it
     * @param name the canonical name of the person there; null is the beginning
     * @param state of the organization when it was so, see {@link UserCounts#STATE}
     */
    record Anchor(int offset, String name, String state) {
        static final Anchor BEGINNING = new Anchor(0, null, null);

        boolean isGoodIn(String present) {
            return name == null || state.equals(present);
        }
    }

    /** The names that stand at offsets, in one state of an organization. */
    private record Known(String state, Instant end, ConcurrentSkipListMap<Integer, String> names) {}

    private final Clock clock;

    PageAnchors(Clock clock) {
        this.clock = clock;
    }

    /** The nearest place that is not behind an offset, which may be good no longer. */
    Anchor before(UUID organizationId, int offset) {
        Known known = organizations.getIfPresent(organizationId);
        Map.Entry<Integer, String> nearest = known == null || isOver(known) ? null : known.names.floorEntry(offset);
        return nearest == null ? Anchor.BEGINNING : new Anchor(nearest.getKey(), nearest.getValue(), known.state);
    }

    /** Keeps where a page begins and ends. */
    void remember(UUID organizationId, String state, int offset, List<UserView> page) {
        if (page.isEmpty()) {
            return;
        }
        Known known = organizations
                .asMap()
                .compute(
                        organizationId,
                        (id, before) -> before != null && before.state.equals(state) && !isOver(before)
                                ? before
                                : new Known(state, clock.instant().plus(KEPT), new ConcurrentSkipListMap<>()));
        int last = page.size() - 1;
        known.names.put(offset, UserPlaces.name(page.get(0)));
        known.names.put(offset + last, UserPlaces.name(page.get(last)));
        if (known.names.size() > ANCHORS) {
            thinOut(known.names);
        }
    }

    /** Every other goes, so that what is left still lies everywhere. */
    private static void thinOut(ConcurrentSkipListMap<Integer, String> names) {
        boolean goes = false;
        for (Iterator<Integer> offsets = names.keySet().iterator(); offsets.hasNext(); goes = !goes) {
            offsets.next();
            if (goes) {
                offsets.remove();
            }
        }
    }

    private boolean isOver(Known known) {
        return !clock.instant().isBefore(known.end);
    }
}
