package dev.roster.access.client;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** Decides from what has been counted until when attempts are put off. */
@Singleton
class FailureLimits {
    private final FailureSettings settings;

    FailureLimits(FailureSettings settings) {
        this.settings = settings;
    }

    Duration window() {
        return settings.window();
    }

    int kept() {
        return settings.kept();
    }

    /** When the next attempt is welcome; empty where it is now. */
    Optional<Instant> closedUntil(FailureCounts counts) {
        return Stream.of(
                        counts.pair().closedBy(settings.perPair()),
                        closedTogether(counts, counts.address().closedBy(settings.perAddress())),
                        closedTogether(counts, counts.client().closedBy(settings.perClient())))
                .flatMap(Optional::stream)
                .max(Instant::compareTo);
    }

    /** Whether an address has used up its limit, whoever failed from it. */
    boolean isFlooded(FailureCounts counts) {
        return counts.address().closedBy(settings.perAddress()).isPresent();
    }

    /**
     * What others have used up closes only to a pair that has failed itself, so that nobody can
     * lock out a client, or the neighbours behind an address.
     */
    private static Optional<Instant> closedTogether(FailureCounts counts, Optional<Instant> others) {
        Optional<Instant> pair = counts.pair().closedBy(1);
        return others.flatMap(end -> pair.map(own -> own.isBefore(end) ? own : end));
    }
}
