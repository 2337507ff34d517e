package dev.roster.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what happens in its own time. */
public final class Eventually {
    // Generous: on a busy machine everything takes longer, and what holds ends the wait at once
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Eventually() {}

    /** Returns as soon as the condition holds; fails if it does not within a minute. */
    public static void holds(BooleanSupplier condition) {
        holds(condition, () -> "");
    }

    /**
     * The same.
     *
     * @param shown what there is then, for whoever reads the failure
     */
    public static void holds(BooleanSupplier condition, Supplier<?> shown) {
        if (!holdsWithin(PATIENCE, condition)) {
            throw new AssertionError("did not hold within " + PATIENCE + " " + shown.get());
        }
    }

    /** Whether the condition holds by then; returns as soon as it does. */
    public static boolean holdsWithin(Duration patience, BooleanSupplier condition) {
        long end = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
        return true;
    }

    /** Returns as soon as the value is as expected; fails, showing both, if it is not within a minute. */
    public static void equal(Object expected, Supplier<?> actual) {
        if (!holdsWithin(PATIENCE, () -> expected.equals(actual.get()))) {
            assertEquals(expected, actual.get());
        }
    }
}
