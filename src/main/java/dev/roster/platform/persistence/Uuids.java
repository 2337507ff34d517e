package dev.roster.platform.persistence;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/**
 * Makes UUIDv7 (RFC 9562 section 5.7): 48 bits of milliseconds, then random bits. Identifiers, not
 * secrets.
 */
public final class Uuids {
    // UUID.fromString also takes what is not one, such as 1-1-1-1-1.
    private static final Pattern CANONICAL = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private Uuids() {}

    /** The identifier that a text is in its canonical form, in any case (RFC 9562 section 4). */
    public static Optional<UUID> parse(String text) {
        return CANONICAL.matcher(text).matches() ? Optional.of(UUID.fromString(text)) : Optional.empty();
    }

    /** Below every UUIDv7 of this millisecond and above all before. */
    public static UUID first(Instant time) {
        return new UUID(Math.max(0, time.toEpochMilli()) << 16, 0);
    }

    /** A new identifier for something made at the given time. */
    public static UUID v7(Instant now) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long high = (now.toEpochMilli() << 16) | 0x7000L | (random.nextLong() & 0x0FFFL);
        long low = (random.nextLong() >>> 2) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }
}
