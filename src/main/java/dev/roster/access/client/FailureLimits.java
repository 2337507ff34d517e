package dev.roster.access.client;

import static dev.roster.platform.settings.Settings.require;

import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** Decides from what has been counted until when attempts are put off. */
@Startup // so that wrong settings stop the start
@Singleton
class FailureLimits {
    private static final String VARIABLE = "ROSTER_CLIENT_FAILURES_";
    private static final Duration LONGEST = Duration.ofDays(1);

    private final FailureSettings settings;

    FailureLimits(FailureSettings settings) {
        Duration window = settings.window();
        require(
                window.compareTo(Duration.ofSeconds(1)) >= 0 && window.compareTo(LONGEST) <= 0,
                VARIABLE + "WINDOW must be 1 second to 24 hours");
        require(settings.perPair() > 0, VARIABLE + "PER_PAIR must be positive");
        require(settings.perAddress() > 0, VARIABLE + "PER_ADDRESS must be positive");
        require(settings.perClient() > 0, VARIABLE + "PER_CLIENT must be positive");
        require(settings.kept() > 0, VARIABLE + "KEPT must be positive");
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
