package dev.roster.testing;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what happens in its own time. */
public final class Eventually {
    // Generous: on a busy machine everything takes longer, and what holds ends the wait at once
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Eventually() {}

    /** Returns as soon as the condition holds; fails if it does not within a minute. */
    public static void holds(BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("did not hold within " + PATIENCE);
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }
}
