package dev.roster.audit;

import dev.roster.platform.settings.Checked;
import dev.roster.platform.settings.Rules;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long what happened can be read. */
@ConfigMapping(prefix = "roster.audit")
public interface AuditSettings extends Checked {

    /** {@code ROSTER_AUDIT_KEEP}: how long events are kept, at least a day. */
    @WithDefault("P365D")
    Duration keep();

    @Override
    default void check(Rules rules) {
        // Less would be no record; more than a century is a slip
        rules.requireBetween(
                Duration.ofDays(1), keep(), Duration.ofDays(36_500), "ROSTER_AUDIT_KEEP", "1 to 36500 days");
    }
}
