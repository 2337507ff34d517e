package dev.roster.platform.time;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.time.Clock;
import java.time.Duration;

/** Provides the clock that everything reads. */
@ApplicationScoped
class Clocks {

    /** UTC in whole microseconds, PostgreSQL's resolution: what was written reads back the same. */
    @Produces
    @ApplicationScoped
    Clock clock() {
        return Clock.tick(Clock.systemUTC(), Duration.ofNanos(1_000));
    }
}
