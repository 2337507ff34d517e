package dev.roster.access.apikey;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long API keys live. */
@ConfigMapping(prefix = "roster.api-key")
public interface ApiKeySettings {

    /** {@code ROSTER_API_KEY_LIFETIME}: the life of a key that is made without an end. */
    @WithDefault("365D")
    Duration lifetime();

    /**
     * {@code ROSTER_API_KEY_MAX_LIFETIME}: the longest life that can be asked for. The signing keys
     * must be kept as long.
     */
    @WithDefault("365D")
    Duration maxLifetime();
}
