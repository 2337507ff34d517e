package dev.roster.user;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.roster.platform.validation.CanonicalText;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Where pages of all persons of an organization began and ended, so that others are counted from there: a walk from page to
 * page costs what its parts cost, and not each the way from the beginning. An anchor is good for as long as nobody comes or
 * goes, since nobody is renamed; whether it is, a page says with its rows.
 */
@ApplicationScoped
class PageAnchors {
    private static final int ORGANIZATIONS = 100;
    private static final int ANCHORS = 1_000;

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
    private record Known(String state, ConcurrentSkipListMap<Integer, String> names) {}

    /** The nearest place that is not behind an offset, which may be good no longer. */
    Anchor before(UUID organizationId, int offset) {
        Known known = organizations.getIfPresent(organizationId);
        Map.Entry<Integer, String> nearest = known == null ? null : known.names.floorEntry(offset);
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
                        (id, before) -> before != null && before.state.equals(state)
                                ? before
                                : new Known(state, new ConcurrentSkipListMap<>()));
        int last = page.size() - 1;
        known.names.put(offset, key(page.get(0)));
        known.names.put(offset + last, key(page.get(last)));
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

    private static String key(UserView user) {
        return CanonicalText.fold(user.username());
    }
}
