package dev.roster.platform.digest;

import java.security.SecureRandom;

/** Bytes that nobody guesses. */
public final class RandomBytes {
    private RandomBytes() {}

    /** So many of them. The generator is not kept: a static one would be seeded when a native image is built. */
    public static byte[] of(int count) {
        byte[] bytes = new byte[count];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }
}
