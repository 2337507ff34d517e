package dev.roster.platform.limit;

import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;
import java.time.Duration;

/** Something was done as often as it may be for now. */
public final class LimitReached extends RosterException {
    LimitReached(Duration retryAfter) {
        super(ErrorCode.RATE_LIMITED, retryAfter);
    }
}
