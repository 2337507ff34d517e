package dev.roster.client;

import java.time.Duration;

/** Too many client authentications failed; the next attempt is answered after a wait. */
public final class AuthenticationThrottled extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    AuthenticationThrottled(Duration retryAfter) {
        // No stack trace: an attacker can cause these at any rate.
        super("Too many client authentications failed", null, false, false);
        this.retryAfter = retryAfter;
    }

    public Duration retryAfter() {
        return retryAfter;
    }
}
