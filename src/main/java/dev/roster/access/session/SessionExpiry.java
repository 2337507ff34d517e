package dev.roster.access.session;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;

/** The expiry of sessions: a token never outlives its session. */
@Singleton
public class SessionExpiry {
    private final Duration idle;
    private final Duration absolute;
    private final Duration retention;

    SessionExpiry(SessionSettings settings) {
        idle = settings.idleExpiry();
        absolute = settings.absoluteExpiry();
        retention = settings.endedRetention();
    }

    /** When a session used at the given time ends, unless it is used again. */
    Instant idleEnd(Instant used) {
        return used.plus(idle);
    }

    /** When a session that begins at the given time ends. */
    Instant firstEnd(Instant begin) {
        return end(begin, begin);
    }

    /** When a session ends that began at a time and was used at another. */
    Instant end(Instant begin, Instant used) {
        Instant idleEnd = used.plus(idle);
        Instant absoluteEnd = begin.plus(absolute);
        return idleEnd.isBefore(absoluteEnd) ? idleEnd : absoluteEnd;
    }

    /** The earliest beginning of a session that can take a token with this end. */
    Instant earliestBegin(Instant tokenEnd) {
        return tokenEnd.minus(absolute);
    }

    /** Sessions that ended before are no longer listed. */
    Instant forgottenBefore(Instant now) {
        return now.minus(retention);
    }
}
