package dev.roster.access.session;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * How long a token is good, in whole seconds.
 *
 * @param issuedAt when that begins
 */
public record TokenSpan(Instant issuedAt, Instant end) {

    /** The usual one of a token that is issued now. */
    public static TokenSpan from(Instant now, Duration lifetime) {
        Instant issuedAt = now.truncatedTo(ChronoUnit.SECONDS);
        return new TokenSpan(issuedAt, issuedAt.plus(lifetime));
    }

    /** The same, or what is left of it where its session ends before. */
    public TokenSpan within(Instant sessionEnd) {
        Instant last = sessionEnd.truncatedTo(ChronoUnit.SECONDS);
        return end.isAfter(last) ? new TokenSpan(issuedAt, last) : this;
    }

    /** Nothing is left of it. */
    boolean isOver() {
        return !end.isAfter(issuedAt);
    }

    public long seconds() {
        return Duration.between(issuedAt, end).toSeconds();
    }
}
