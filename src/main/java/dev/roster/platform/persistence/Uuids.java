package dev.roster.platform.persistence;

import dev.roster.platform.digest.Sha256;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoField;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/**
 * Makes UUIDv7 (RFC 9562 section 5.7): 48 bits of milliseconds, 12 of the part of one (section 6.2, method 3), then random
 * bits. What is made a microsecond later sorts behind, on whichever replica, as far as their clocks agree. Identifiers, not
 * secrets.
 */
public final class Uuids {
    // UUID.fromString also takes what is not one, such as 1-1-1-1-1.
    private static final Pattern CANONICAL = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    /** The one that nothing has, below all others (RFC 9562 section 5.9). */
    public static final UUID NIL = new UUID(0, 0);

    private static final long MICROS_OF_A_MILLI = 1_000;
    private static final long PARTS = 1 << 12;

    private Uuids() {}

    /** The identifier that a text is in its canonical form, in any case (RFC 9562 section 4). */
    public static Optional<UUID> parse(String text) {
        return CANONICAL.matcher(text).matches() ? Optional.of(UUID.fromString(text)) : Optional.empty();
    }

    /** Below every UUIDv7 of this millisecond and above all before. */
    public static UUID first(Instant time) {
        return new UUID(Math.max(0, time.toEpochMilli()) << 16, 0);
    }

    /** The millisecond in which a UUIDv7 was made. */
    public static Instant time(UUID v7) {
        return Instant.ofEpochMilli(v7.getMostSignificantBits() >>> 16);
    }

    /** A new identifier for something made at the given time. */
    public static UUID v7(Instant now) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long part = now.get(ChronoField.MICRO_OF_SECOND) % MICROS_OF_A_MILLI * PARTS / MICROS_OF_A_MILLI;
        long high = (now.toEpochMilli() << 16) | 0x7000L | part;
        long low = (random.nextLong() >>> 2) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    /**
     * The identifier that follows from a UUIDv7 which somebody else has chosen: of the same time, and for the same owners the
     * same each time. The other 74 bits are of SHA-256, so that nobody can choose one that there is.
     */
    public static UUID following(UUID chosen, UUID... owners) {
        ByteBuffer named = ByteBuffer.allocate((1 + owners.length) * 2 * Long.BYTES);
        named.putLong(chosen.getMostSignificantBits()).putLong(chosen.getLeastSignificantBits());
        for (UUID owner : owners) {
            named.putLong(owner.getMostSignificantBits()).putLong(owner.getLeastSignificantBits());
        }
        ByteBuffer digest = ByteBuffer.wrap(Sha256.of(named.array()));
        long high = (chosen.getMostSignificantBits() & ~0xffffL) | 0x7000L | (digest.getLong() >>> 52);
        long low = (digest.getLong() >>> 2) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }
}
