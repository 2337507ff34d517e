package dev.roster.access.password;

import dev.roster.platform.settings.Checked;
import dev.roster.platform.settings.Rules;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/**
 * How many wrong passwords of an account are answered in a row, over all names and addresses. From
 * a network that the account has signed in from lately it has a count of its own, so that strangers
 * do not hinder it. The same wrong password counts once.
 */
@ConfigMapping(prefix = "roster.password-failures")
public interface PasswordFailureSettings extends Checked {
    int FEWEST = 10;
    int MOST = 100;

    /**
     * {@code ROSTER_PASSWORD_FAILURES_MOST}: beyond them the password has to be set anew, by mail or by
     * an administrator; 10 to 100, which is the most that NIST SP 800-63B section 5.2.2 allows.
     */
    @WithDefault("100")
    int most();

    /**
     * {@code ROSTER_PASSWORD_FAILURES_FREE}: failures that nobody has to wait after. People try a
     * few of their passwords before they look one up.
     */
    @WithDefault("5")
    int free();

    /** {@code ROSTER_PASSWORD_FAILURES_FIRST_WAIT}: the wait after the next one; it doubles. */
    @WithDefault("1S")
    Duration firstWait();

    /**
     * {@code ROSTER_PASSWORD_FAILURES_LONGEST_WAIT}: where the wait stops growing. With a quarter
     * of an hour, whoever wants to use up the hundred needs most of a day, and whoever suffers from
     * it waits for a coffee.
     */
    @WithDefault("15M")
    Duration longestWait();

    /**
     * {@code ROSTER_PASSWORD_FAILURES_KNOWN_FOR}: for how long after a sign-in its network is known
     * to the account.
     */
    @WithDefault("30D")
    Duration knownFor();

    /**
     * {@code ROSTER_PASSWORD_FAILURES_KEPT}: counts of names that no account has, at most; beyond
     * it the oldest are forgotten.
     */
    @WithDefault("100000")
    int kept();

    @Override
    default void check(Rules rules) {
        String variable = "ROSTER_PASSWORD_FAILURES_";
        rules.requireBetween(FEWEST, most(), MOST, variable + "MOST");
        rules.require(free() >= 1 && free() <= most(), variable + "FREE must be 1 to ROSTER_PASSWORD_FAILURES_MOST");
        rules.requireAtLeast(Duration.ofMillis(1), firstWait(), variable + "FIRST_WAIT must be at least 1 millisecond");
        rules.requireBetween(
                firstWait(),
                longestWait(),
                Duration.ofDays(1),
                variable + "LONGEST_WAIT",
                "ROSTER_PASSWORD_FAILURES_FIRST_WAIT to 24 hours");
        rules.requireAtLeast(Duration.ofDays(1), knownFor(), variable + "KNOWN_FOR must be a day at least");
        rules.require(kept() > 0, variable + "KEPT must be positive");
    }
}
