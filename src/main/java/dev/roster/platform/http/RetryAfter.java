package dev.roster.platform.http;

import java.time.Duration;

/** The time to wait that an answer tells (RFC 9110 section 10.2.3). */
public final class RetryAfter {
    private RetryAfter() {}

    /** In whole seconds, never too early, and never none. */
    public static long seconds(Duration wait) {
        return Math.max(1, wait.plusMillis(999).toSeconds());
    }
}
