package dev.roster.access.session;

import dev.roster.platform.background.Cleaner;
import dev.roster.platform.background.Cleaner.PastOfOrganizations;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** The expiry of sessions: a token never outlives its session. */
@Singleton
public class SessionExpiry {
    // Whatever revokes a token finds its session, until the token is accepted nowhere any more: that is some
    // seconds after its end, by the clock of who checks it
    private static final String TOKENS_ENDED = """
            AND (ended_at IS NOT NULL
                 OR coalesce(token_expires_at, expires_at) < CAST($1 AS timestamptz) - interval '5 minutes')
            """;

    // One that was used for long takes hundreds of refresh tokens along
    private static final int PART = 50;

    private final Duration idle;
    private final Duration absolute;

    SessionExpiry(SessionSettings settings) {
        idle = settings.idleExpiry();
        absolute = settings.absoluteExpiry();
    }

    /** Deletes sessions that ended so long ago that they are no longer listed. */
    @Produces
    @Singleton
    static Cleaner forgotten(Pool database, SessionSettings settings, Clock clock) {
        Duration listed = settings.endedRetention();
        // However soon they are to go, those that count are there
        Duration kept = listed.compareTo(SessionPace.PERIOD) < 0 ? SessionPace.PERIOD : listed;
        return new Cleaner(
                "SessionCleaner",
                database,
                Duration.ofMinutes(1),
                new PastOfOrganizations(
                        "sessions", "id", "least(ended_at, expires_at)", "<", TOKENS_ENDED, PART, () -> clock.instant()
                                .minus(kept)));
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
        return end(begin, used, idle, absolute);
    }

    /** The same of one with an expiry of its own. */
    static Instant end(Instant begin, Instant used, Duration idle, Duration absolute) {
        Instant idleEnd = used.plus(idle);
        Instant absoluteEnd = begin.plus(absolute);
        return idleEnd.isBefore(absoluteEnd) ? idleEnd : absoluteEnd;
    }

    /** The earliest beginning of a session that can take a token with this end; one that began then has ended by that time. */
    Instant earliestBegin(Instant tokenEnd) {
        return tokenEnd.minus(absolute);
    }
}
