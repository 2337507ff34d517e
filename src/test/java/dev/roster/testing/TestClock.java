package dev.roster.testing;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The clock of the service under test: the real time until a test moves it. All tests of the
 * service share it, so who moves it puts it back.
 */
@Alternative
@Priority(1)
@ApplicationScoped
public class TestClock extends Clock {
    private final AtomicReference<Duration> offset = new AtomicReference<>(Duration.ZERO);
    private final AtomicReference<Instant> stopped = new AtomicReference<>();

    /** Lets this much time pass. */
    public void advance(Duration time) {
        offset.updateAndGet(time::plus);
    }

    /** Lets time pass by {@link #advance} alone, however long the test takes. */
    public void stop() {
        stopped.set(Instant.now());
    }

    /** Goes back to the real time. */
    public void reset() {
        stopped.set(null);
        offset.set(Duration.ZERO);
    }

    @Override
    public Instant instant() {
        Instant now = stopped.get();
        return (now == null ? Instant.now() : now).plus(offset.get()).truncatedTo(ChronoUnit.MICROS);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("the service lives in UTC");
    }
}
