package dev.roster.platform.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class UuidsTest {
    // 48 bits of milliseconds end in the year 10889.
    private static final long LAST = (1L << 48) - 1;

    @Property
    void whenMadeThenVersionVariantAndTimeAreThoseOfTheRfc(@ForAll @LongRange(min = 0, max = LAST) long millis) {
        UUID id = Uuids.v7(Instant.ofEpochMilli(millis));
        assertEquals(7, id.version());
        assertEquals(2, id.variant());
        assertEquals(millis, id.getMostSignificantBits() >>> 16);
    }

    @Property
    void whenMadeLaterThenSortsBehind(
            @ForAll @LongRange(min = 0, max = LAST - 1) long millis,
            @ForAll @LongRange(min = 1, max = 100_000) long later) {
        UUID first = Uuids.v7(Instant.ofEpochMilli(millis));
        UUID second = Uuids.v7(Instant.ofEpochMilli(Math.min(LAST, millis + later)));
        // As PostgreSQL compares them: byte by byte, like the text
        assertTrue(first.toString().compareTo(second.toString()) < 0);
    }

    @Property
    void whenMadeAMicrosecondLaterThenSortsBehind(
            @ForAll @LongRange(min = 0, max = 10_000_000_000_000_000L) long micros,
            @ForAll @LongRange(min = 1, max = 1_500) long later) {
        UUID first = Uuids.v7(Instant.EPOCH.plus(micros, ChronoUnit.MICROS));
        UUID second = Uuids.v7(Instant.EPOCH.plus(micros + later, ChronoUnit.MICROS));
        assertTrue(first.toString().compareTo(second.toString()) < 0);
        assertEquals(micros / 1_000, first.getMostSignificantBits() >>> 16);
    }

    @Property
    void whenItFollowsFromAnotherThenOfItsTimeAndTheSameForTheSameOwnerOnly(
            @ForAll @LongRange(min = 0, max = LAST) long millis) {
        UUID chosen = Uuids.v7(Instant.ofEpochMilli(millis));
        UUID organization = UUID.randomUUID();
        UUID account = UUID.randomUUID();
        UUID id = Uuids.following(chosen, organization, account);
        assertEquals(7, id.version());
        assertEquals(2, id.variant());
        assertEquals(millis, id.getMostSignificantBits() >>> 16);
        assertEquals(id, Uuids.following(chosen, organization, account));
        assertEquals(
                4,
                Set.of(id, chosen, Uuids.following(chosen, organization), Uuids.following(chosen, account))
                        .size());
    }

    @Test
    void whenManyAtOnceThenAllDiffer() {
        Instant now = Instant.EPOCH;
        Set<UUID> ids = new HashSet<>();
        for (int i = 0; i < 100_000; i++) {
            ids.add(Uuids.v7(now));
        }
        assertEquals(100_000, ids.size());
    }
}
