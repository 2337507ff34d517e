package dev.roster.access.token;

import dev.roster.platform.settings.Checked;
import dev.roster.platform.settings.Rules;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How many verified tokens are remembered. */
@ConfigMapping(prefix = "roster.token-cache")
public interface TokenCacheSettings extends Checked {

    /**
     * {@code ROSTER_TOKEN_CACHE_SIZE}: tokens at most; 0 verifies every request anew. A token takes
     * about 3 KB, so the default is 30 MB when full; one of more than 2 KiB counts as several. A
     * session has 16 of them.
     */
    @WithDefault("10000")
    int size();

    @Override
    default void check(Rules rules) {
        rules.require(size() >= 0, "ROSTER_TOKEN_CACHE_SIZE must not be negative");
    }
}
