package dev.roster.revocation;

import java.time.Duration;

/** The memory of revocations without a database. */
public final class TestRevocations {
    private TestRevocations() {}

    /** An empty one. */
    public static RevokedSubjects none() {
        return ofSize(1_000);
    }

    static RevokedSubjects ofSize(int size) {
        return new RevokedSubjects(settings(size));
    }

    static RevocationSettings settings(int size) {
        return new RevocationSettings() {
            @Override
            public int size() {
                return size;
            }

            @Override
            public Duration lease() {
                return Duration.ofSeconds(1);
            }
        };
    }
}
