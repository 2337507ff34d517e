package dev.roster.access.browser;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long a browser stays signed in; never longer than its session. */
@ConfigMapping(prefix = "roster.browser")
public interface BrowserSettings {

    /**
     * {@code ROSTER_BROWSER_IDLE_EXPIRY}: a browser that has not shown a page for this long signs in again. A working
     * day.
     */
    @WithDefault("12H")
    Duration idleExpiry();

    /** {@code ROSTER_BROWSER_ABSOLUTE_EXPIRY}: a browser signs in again after this long, however busy it is. */
    @WithDefault("7D")
    Duration absoluteExpiry();
}
