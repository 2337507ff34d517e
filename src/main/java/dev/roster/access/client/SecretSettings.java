package dev.roster.access.client;

import dev.roster.platform.settings.Checked;
import dev.roster.platform.settings.Rules;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** How many client secrets an account has, and how long they live. */
@ConfigMapping(prefix = "roster.secrets")
public interface SecretSettings extends Checked {

    /**
     * {@code ROSTER_SECRETS_LIFETIME}: the life of a secret that is made without an end; absent, it
     * lives as long as {@code ROSTER_SECRETS_MAX_LIFETIME} allows. The first secret of an
     * organization never ends: nobody could let its administrator in again.
     */
    Optional<Duration> lifetime();

    /**
     * {@code ROSTER_SECRETS_MAX_LIFETIME}: the longest life that can be asked for; absent, secrets
     * may live for ever. It does not shorten the life of secrets that exist.
     */
    Optional<Duration> maxLifetime();

    /**
     * {@code ROSTER_SECRETS_PER_ACCOUNT}: usable secrets of an account at most. The programs of one
     * account are few; one that makes secrets in a loop shall notice.
     */
    @WithDefault("20")
    int perAccount();

    @Override
    default void check(Rules rules) {
        // What lives for less is a job for the token endpoint.
        Duration shortest = Duration.ofMinutes(1);
        lifetime()
                .ifPresent(life ->
                        rules.requireAtLeast(shortest, life, "ROSTER_SECRETS_LIFETIME must not be below 1 minute"));
        maxLifetime()
                .ifPresent(longest -> rules.requireAtLeast(
                        shortest, longest, "ROSTER_SECRETS_MAX_LIFETIME must not be below 1 minute"));
        maxLifetime()
                .filter(longest -> longest.compareTo(shortest) >= 0)
                .ifPresent(longest -> rules.requireAtLeast(
                        lifetime().orElse(longest),
                        longest,
                        "ROSTER_SECRETS_MAX_LIFETIME must not be shorter than ROSTER_SECRETS_LIFETIME"));
        rules.require(perAccount() > 0, "ROSTER_SECRETS_PER_ACCOUNT must be positive");
    }
}
