package dev.roster.access.apikey;

import dev.roster.access.signing.KeySettings;
import dev.roster.platform.settings.Checked;
import dev.roster.platform.settings.Rules;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long API keys live. */
@ConfigMapping(prefix = "roster.api-key")
public interface ApiKeySettings extends Checked {

    /** {@code ROSTER_API_KEY_LIFETIME}: the life of a key that is made without an end. */
    @WithDefault("365D")
    Duration lifetime();

    /**
     * {@code ROSTER_API_KEY_MAX_LIFETIME}: the longest life that can be asked for. The signing keys
     * must be kept as long.
     */
    @WithDefault("365D")
    Duration maxLifetime();

    @Override
    default void check(Rules rules) {
        // What lives for less is a job for the token endpoint.
        rules.requireAtLeast(Duration.ofMinutes(1), lifetime(), "ROSTER_API_KEY_LIFETIME must not be below 1 minute");
        rules.requireAtLeast(
                lifetime(),
                maxLifetime(),
                "ROSTER_API_KEY_MAX_LIFETIME must not be shorter than ROSTER_API_KEY_LIFETIME");
        // Who brings a file of keys decides itself when one leaves it
        rules.compare(
                KeySettings.class,
                keys -> rules.require(
                        keys.signingKeys().isPresent() || keys.signingKeysKept().compareTo(maxLifetime()) >= 0,
                        "ROSTER_SIGNING_KEYS_KEPT must not be shorter than ROSTER_API_KEY_MAX_LIFETIME"));
    }
}
