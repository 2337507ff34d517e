package dev.roster.access.session;

import dev.roster.caller.TokenSettings;
import dev.roster.platform.settings.Checked;
import dev.roster.platform.settings.Rules;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long sessions last and stay visible. */
@ConfigMapping(prefix = "roster.session")
public interface SessionSettings extends Checked {

    /**
     * {@code ROSTER_SESSION_IDLE_EXPIRY}: a session ends when its client has not come for a new
     * token for this long.
     */
    @WithDefault("P30D")
    Duration idleExpiry();

    /**
     * {@code ROSTER_SESSION_ABSOLUTE_EXPIRY}: a session ends this long after it began, however busy
     * it is; a client's next token that would be good for longer opens another.
     */
    @WithDefault("P90D")
    Duration absoluteExpiry();

    /**
     * {@code ROSTER_SESSION_PER_CLIENT}: how many hosts of a client have a session of their own;
     * the next one shares that of the host which was seen longest ago.
     */
    @WithDefault("50")
    int perClient();

    /**
     * {@code ROSTER_SESSION_PER_PERSON}: how many sign-ins of a person are open at once; the next
     * one ends that which was seen longest ago.
     */
    @WithDefault("100")
    int perPerson();

    /** {@code ROSTER_SESSION_ENDED_RETENTION}: how long ended sessions can still be listed. */
    @WithDefault("P30D")
    Duration endedRetention();

    @Override
    default void check(Rules rules) {
        rules.compare(TokenSettings.class, tokens -> {
            rules.requireAtLeast(
                    tokens.tokenLifetime(),
                    idleExpiry(),
                    "ROSTER_SESSION_IDLE_EXPIRY must not be shorter than ROSTER_TOKEN_LIFETIME");
            // Or nearly each token would begin a session, beside those of the tokens before
            rules.requireAtLeast(
                    tokens.tokenLifetime().multipliedBy(2),
                    absoluteExpiry(),
                    "ROSTER_SESSION_ABSOLUTE_EXPIRY must be twice ROSTER_TOKEN_LIFETIME or more");
        });
        rules.requireAtLeast(
                idleExpiry(),
                absoluteExpiry(),
                "ROSTER_SESSION_ABSOLUTE_EXPIRY must not be shorter than ROSTER_SESSION_IDLE_EXPIRY");
        rules.require(perClient() >= 1, "ROSTER_SESSION_PER_CLIENT must be 1 or more");
        rules.require(perPerson() >= 1, "ROSTER_SESSION_PER_PERSON must be 1 or more");
        rules.require(!endedRetention().isNegative(), "ROSTER_SESSION_ENDED_RETENTION must not be negative");
    }
}
