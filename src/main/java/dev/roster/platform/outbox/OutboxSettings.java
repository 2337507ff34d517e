package dev.roster.platform.outbox;

import dev.roster.platform.settings.Checked;
import dev.roster.platform.settings.Rules;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How messages are sent. */
@ConfigMapping(prefix = "roster.outbox")
public interface OutboxSettings extends Checked {

    /**
     * {@code ROSTER_OUTBOX_POLL}: how often each replica looks for messages that are due. What it
     * adds itself leaves at once; this is how long another one's wait when that one was killed.
     */
    @WithDefault("5S")
    Duration poll();

    /** {@code ROSTER_OUTBOX_FIRST_WAIT}: the wait after the first failure; it doubles with each. */
    @WithDefault("10S")
    Duration firstWait();

    /**
     * {@code ROSTER_OUTBOX_LONGEST_WAIT}: where the wait stops growing. RFC 5321 section 4.5.4.1
     * asks for half an hour at least once the first attempts have failed.
     */
    @WithDefault("1H")
    Duration longestWait();

    /**
     * {@code ROSTER_OUTBOX_GIVE_UP}: how old a message is when it is not tried any more, after five attempts at
     * least. RFC 5321 section 4.5.4.1 asks for four or five days at least.
     */
    @WithDefault("5D")
    Duration giveUp();

    /**
     * {@code ROSTER_OUTBOX_LEASE}: how long a replica has for one attempt; afterwards it counts as
     * killed and another one tries. With a mail server it must be longer than an attempt may take, see MailSettings.
     */
    @WithDefault("2M")
    Duration lease();

    /** How long to wait after failed attempts: twice as long after each. */
    default Duration waitAfter(int attempts) {
        int power = Math.min(attempts - 1, 30); // beyond which any first wait is longer than the longest
        Duration wait = firstWait().multipliedBy(1L << power);
        return wait.compareTo(longestWait()) < 0 ? wait : longestWait();
    }

    @Override
    default void check(Rules rules) {
        Duration day = Duration.ofDays(1);
        rules.requireBetween(Duration.ofMillis(100), poll(), Duration.ofHours(1), "ROSTER_OUTBOX_POLL");
        rules.requireBetween(Duration.ofMillis(100), firstWait(), day, "ROSTER_OUTBOX_FIRST_WAIT");
        Duration least = firstWait().compareTo(day) < 0 ? firstWait() : day;
        rules.requireBetween(least, longestWait(), day, "ROSTER_OUTBOX_LONGEST_WAIT");
        rules.requireBetween(Duration.ofMinutes(1), giveUp(), Duration.ofDays(365), "ROSTER_OUTBOX_GIVE_UP");
        rules.requireBetween(Duration.ofMillis(100), lease(), Duration.ofHours(1), "ROSTER_OUTBOX_LEASE");
    }
}
