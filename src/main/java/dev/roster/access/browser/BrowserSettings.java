package dev.roster.access.browser;

import dev.roster.platform.settings.Checked;
import dev.roster.platform.settings.Rules;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long a browser stays signed in; never longer than its session. */
@ConfigMapping(prefix = "roster.browser")
public interface BrowserSettings extends Checked {

    /**
     * {@code ROSTER_BROWSER_IDLE_EXPIRY}: a browser that has not shown a page for this long signs in again. A working
     * day.
     */
    @WithDefault("12H")
    Duration idleExpiry();

    /** {@code ROSTER_BROWSER_ABSOLUTE_EXPIRY}: a browser signs in again after this long, however busy it is. */
    @WithDefault("7D")
    Duration absoluteExpiry();

    @Override
    default void check(Rules rules) {
        rules.requireAtLeast(
                Duration.ofMinutes(1), idleExpiry(), "ROSTER_BROWSER_IDLE_EXPIRY must be 1 minute or more");
        rules.requireAtLeast(
                idleExpiry(),
                absoluteExpiry(),
                "ROSTER_BROWSER_ABSOLUTE_EXPIRY must not be shorter than ROSTER_BROWSER_IDLE_EXPIRY");
    }
}
