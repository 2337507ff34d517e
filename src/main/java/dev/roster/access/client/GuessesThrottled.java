package dev.roster.access.client;

import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;
import java.time.Duration;

/** Too many wrong secrets or passwords were tried for an account or from a network: the next one has to wait. */
public final class GuessesThrottled extends RosterException {
    public GuessesThrottled(Duration retryAfter) {
        super(ErrorCode.RATE_LIMITED, retryAfter);
    }
}
