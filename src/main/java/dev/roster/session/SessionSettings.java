package dev.roster.session;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long sessions last and stay visible. */
@ConfigMapping(prefix = "roster.session")
public interface SessionSettings {

    /**
     * {@code ROSTER_SESSION_IDLE_EXPIRY}: a session ends when its client has not come for a new
     * token for this long.
     */
    @WithDefault("P30D")
    Duration idleExpiry();

    /**
     * {@code ROSTER_SESSION_ABSOLUTE_EXPIRY}: a session ends this long after it began, however busy
     * it is; the next token opens another.
     */
    @WithDefault("P90D")
    Duration absoluteExpiry();

    /** {@code ROSTER_SESSION_ENDED_RETENTION}: how long ended sessions can still be listed. */
    @WithDefault("P30D")
    Duration endedRetention();
}
