package dev.roster.platform.time;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class MicrosecondClockTest {
    private final Clock clock =
            new MicrosecondClock(Clock.fixed(Instant.parse("2026-01-02T03:04:05.123456789Z"), ZoneOffset.UTC));

    @Test
    void whenReadThenWholeMicroseconds() {
        assertEquals(Instant.parse("2026-01-02T03:04:05.123456Z"), clock.instant());
        assertEquals(clock.instant().toEpochMilli(), clock.millis());
    }

    @Test
    void whenInAnotherZoneThenTheSameTime() {
        Clock other = clock.withZone(ZoneId.of("Europe/Vienna"));
        assertEquals(ZoneId.of("Europe/Vienna"), other.getZone());
        assertEquals(clock.instant(), other.instant());
        assertEquals(ZoneOffset.UTC, clock.getZone());
    }
}
