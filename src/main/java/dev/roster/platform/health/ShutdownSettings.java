package dev.roster.platform.health;

import dev.roster.platform.settings.Checked;
import dev.roster.platform.settings.Rules;
import io.quarkus.arc.Unremovable;
import io.smallrye.config.ConfigMapping;
import java.time.Duration;
import java.util.Optional;

/** How long the end takes; Quarkus itself reads it. */
@Unremovable
@ConfigMapping(prefix = "roster.shutdown")
public interface ShutdownSettings extends Checked {

    /** {@code ROSTER_SHUTDOWN_DELAY}: how long readiness is DOWN before anything else ends. */
    Optional<Duration> delay();

    /** {@code ROSTER_SHUTDOWN_TIMEOUT}: how long the end then waits for requests in flight. */
    Optional<Duration> timeout();

    @Override
    default void check(Rules rules) {
        rules.require(!delay().orElse(Duration.ZERO).isNegative(), "ROSTER_SHUTDOWN_DELAY must not be negative");
        rules.require(!timeout().orElse(Duration.ZERO).isNegative(), "ROSTER_SHUTDOWN_TIMEOUT must not be negative");
    }
}
