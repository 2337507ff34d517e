package dev.roster.platform.validation;

import dev.roster.platform.error.RosterException;
import java.time.Duration;
import java.time.Instant;

/** When a credential ends that whoever makes it has chosen. */
public final class ChosenEnd {
    private ChosenEnd() {}

    /** Refuses with {@code invalid_request} an end that is past. */
    public static void requireLater(String field, Instant end, Instant now) {
        if (!end.isAfter(now)) {
            throw RosterException.invalid(field, "must be in the future");
        }
    }

    /**
     * Refuses with {@code invalid_request} an end that is too far away.
     *
     * @param setting what says so, as it stands behind the rule; may be empty
     */
    public static void requireWithin(String field, Instant end, Instant now, Duration longest, String setting) {
        if (end.isAfter(now.plus(longest))) {
            throw RosterException.invalid(field, "must be at most " + inWords(longest) + " from now" + setting);
        }
    }

    private static String inWords(Duration duration) {
        boolean wholeDays = duration.equals(Duration.ofDays(duration.toDays()));
        return wholeDays ? duration.toDays() + " days" : duration.toSeconds() + " seconds";
    }
}
