package dev.roster.platform.persistence;

import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Makes UUIDv7 (RFC 9562 section 5.7): 48 bits of milliseconds, then random bits. Identifiers, not
 * secrets.
 */
public final class Uuids {
    private Uuids() {}

    /** A new identifier for something made at the given time. */
    public static UUID v7(Instant now) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long high = (now.toEpochMilli() << 16) | 0x7000L | (random.nextLong() & 0x0FFFL);
        long low = (random.nextLong() >>> 2) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }
}
