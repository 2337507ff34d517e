package dev.roster.access.client;

import dev.roster.platform.settings.Checked;
import dev.roster.platform.settings.Rules;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/**
 * How many failed authentications are answered before further ones are put off. The same wrong
 * secret counts once. A right secret that Roster made is never refused, nor is any other to a
 * client that has not failed from its address lately, whatever others do.
 */
@ConfigMapping(prefix = "roster.client-failures")
public interface FailureSettings extends Checked {

    /**
     * {@code ROSTER_CLIENT_FAILURES_WINDOW}: for how long a failure counts, from the first one on.
     * A minute costs a program with a wrong secret little time once the secret is set right.
     */
    @WithDefault("1M")
    Duration window();

    /**
     * {@code ROSTER_CLIENT_FAILURES_PER_PAIR}: failures of one client from one address. A
     * misconfigured program has one or two wrong secrets, and 14,400 guesses a day do not find a
     * chosen one of sixteen characters.
     */
    @WithDefault("10")
    int perPair();

    /**
     * {@code ROSTER_CLIENT_FAILURES_PER_ADDRESS}: failures of all clients and persons from one
     * address, where many may stand behind one gateway. Beyond it, clients that have failed from it
     * themselves are put off, and persons who never signed in from it.
     */
    @WithDefault("100")
    int perAddress();

    /**
     * {@code ROSTER_CLIENT_FAILURES_PER_CLIENT}: failures of one client from all addresses. Beyond
     * it each address has one attempt a window instead of ten.
     */
    @WithDefault("300")
    int perClient();

    /**
     * {@code ROSTER_CLIENT_FAILURES_KEPT}: counts that are kept at most, about 15 MB by default;
     * beyond it those that end first are forgotten.
     */
    @WithDefault("100000")
    int kept();

    @Override
    default void check(Rules rules) {
        rules.requireBetween(
                Duration.ofSeconds(1),
                window(),
                Duration.ofDays(1),
                "ROSTER_CLIENT_FAILURES_WINDOW",
                "1 second to 24 hours");
        rules.require(perPair() > 0, "ROSTER_CLIENT_FAILURES_PER_PAIR must be positive");
        rules.require(perAddress() > 0, "ROSTER_CLIENT_FAILURES_PER_ADDRESS must be positive");
        rules.require(perClient() > 0, "ROSTER_CLIENT_FAILURES_PER_CLIENT must be positive");
        rules.require(kept() > 0, "ROSTER_CLIENT_FAILURES_KEPT must be positive");
    }
}
