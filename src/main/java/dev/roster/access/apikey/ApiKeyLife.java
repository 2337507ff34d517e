package dev.roster.access.apikey;

import static dev.roster.platform.settings.Settings.require;

import dev.roster.caller.TokenSettings;
import dev.roster.platform.error.RosterException;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The checked life of API keys: none outlives the signing key that verifies it. */
@Singleton
@Startup
public class ApiKeyLife {
    // What lives for less is a job for the token endpoint.
    private static final Duration SHORTEST = Duration.ofMinutes(1);

    private final Duration usual;
    private final Duration longest;

    ApiKeyLife(ApiKeySettings settings, TokenSettings tokens) {
        usual = settings.lifetime();
        longest = settings.maxLifetime();
        require(usual.compareTo(SHORTEST) >= 0, "ROSTER_API_KEY_LIFETIME must not be below 1 minute");
        require(
                longest.compareTo(usual) >= 0,
                "ROSTER_API_KEY_MAX_LIFETIME must not be shorter than ROSTER_API_KEY_LIFETIME");
        // Who brings a file of keys decides itself when one leaves it
        require(
                tokens.signingKeys().isPresent() || tokens.signingKeysKept().compareTo(longest) >= 0,
                "ROSTER_SIGNING_KEYS_KEPT must not be shorter than ROSTER_API_KEY_MAX_LIFETIME");
    }

    /**
     * When a key ends, in whole seconds as tokens have them.
     *
     * @param wanted null means the usual life
     */
    Instant end(Instant wanted, Instant now) {
        if (wanted == null) {
            return now.plus(usual).truncatedTo(ChronoUnit.SECONDS);
        }
        Instant end = wanted.truncatedTo(ChronoUnit.SECONDS);
        if (!end.isAfter(now)) {
            throw RosterException.invalid("expires_at", "must be in the future");
        }
        if (end.isAfter(now.plus(longest))) {
            throw RosterException.invalid("expires_at", "must be at most " + inWords(longest) + " from now");
        }
        return end;
    }

    private static String inWords(Duration duration) {
        return duration.toDays() > 0 ? duration.toDays() + " days" : duration.toSeconds() + " seconds";
    }
}
