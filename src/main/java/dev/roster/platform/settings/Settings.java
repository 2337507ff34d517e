package dev.roster.platform.settings;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;

/** What a setting has to be; a wrong one stops the start by the name of its variable. */
public final class Settings {
    private Settings() {}

    /**
     * Stops the start unless a condition holds.
     *
     * @param message the name of the variable and the rule, never the value: that may be a secret
     */
    public static void require(boolean condition, String message) {
        if (!condition) {
            throw new ConfigurationException(message);
        }
    }

    /** Stops the start unless a time is one of these, or between them. */
    public static void requireBetween(Duration least, Duration time, Duration most, String variable) {
        require(
                time.compareTo(least) >= 0 && time.compareTo(most) <= 0,
                variable + " must be " + words(least) + " to " + words(most));
    }

    /** Stops the start unless a URL is one of a page: the code of a link follows it. */
    public static void requirePage(String url, String variable) {
        require(isPage(url), variable + " must be an http or https URL without a fragment");
    }

    private static boolean isPage(String url) {
        try {
            URI uri = new URI(url);
            boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
            return web && uri.getHost() != null && uri.getRawFragment() == null;
        } catch (URISyntaxException notAUri) {
            return false;
        }
    }

    private static String words(Duration time) {
        return time.toMillis() % 1000 == 0 ? time.toSeconds() + " seconds" : time.toMillis() + " milliseconds";
    }
}
