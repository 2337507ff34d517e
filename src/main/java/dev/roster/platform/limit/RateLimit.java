package dev.roster.platform.limit;

import java.time.Duration;

/**
 * How often an action may happen: a burst of so many at once, afterwards as many per period, evenly
 * spaced.
 *
 * @param name tells limits apart, e.g. {@code invite:recipient}
 */
public record RateLimit(String name, int actions, Duration period) {

    /** The time that one action takes to become free again. */
    Duration step() {
        return period.dividedBy(actions);
    }
}
