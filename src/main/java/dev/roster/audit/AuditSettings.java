package dev.roster.audit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long what happened can be read. */
@ConfigMapping(prefix = "roster.audit")
public interface AuditSettings {

    /** {@code ROSTER_AUDIT_KEEP}: how long events are kept, at least a day. */
    @WithDefault("P365D")
    Duration keep();
}
