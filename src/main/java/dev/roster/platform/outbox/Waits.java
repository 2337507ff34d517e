package dev.roster.platform.outbox;

import java.time.Duration;

/** How long to wait after a failed attempt: twice as long each time. */
final class Waits {
    // Two to the power of this times any first wait is beyond any longest wait.
    private static final int LARGEST_POWER = 30;

    private Waits() {}

    static Duration after(int attempts, OutboxSettings settings) {
        int power = Math.min(attempts - 1, LARGEST_POWER);
        Duration wait = settings.firstWait().multipliedBy(1L << power);
        return wait.compareTo(settings.longestWait()) < 0 ? wait : settings.longestWait();
    }
}
