package dev.roster.access.session;

import static dev.roster.platform.settings.Settings.require;

import dev.roster.caller.Issuer;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;

/** The checked expiry of sessions: a token never outlives its session. */
@Singleton
@Startup
public class SessionExpiry {
    private final Duration idle;
    private final Duration absolute;
    private final Duration retention;

    SessionExpiry(SessionSettings settings, Issuer issuer) {
        idle = settings.idleExpiry();
        absolute = settings.absoluteExpiry();
        retention = settings.endedRetention();
        require(
                idle.compareTo(issuer.tokenLifetime()) >= 0,
                "ROSTER_SESSION_IDLE_EXPIRY must not be shorter than ROSTER_TOKEN_LIFETIME");
        require(
                absolute.compareTo(idle) >= 0,
                "ROSTER_SESSION_ABSOLUTE_EXPIRY must not be shorter than" + " ROSTER_SESSION_IDLE_EXPIRY");
        require(!retention.isNegative(), "ROSTER_SESSION_ENDED_RETENTION must not be negative");
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
