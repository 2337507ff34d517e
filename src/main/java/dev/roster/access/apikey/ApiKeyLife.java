package dev.roster.access.apikey;

import dev.roster.platform.validation.ChosenEnd;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The life of API keys: none outlives the signing key that verifies it. */
@Singleton
public class ApiKeyLife {

    private final Duration usual;
    private final Duration longest;

    ApiKeyLife(ApiKeySettings settings) {
        usual = settings.lifetime();
        longest = settings.maxLifetime();
    }

    /** The latest end of a key that is made now. */
    public Instant latest(Instant now) {
        return now.plus(longest);
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
        ChosenEnd.requireLater("expires_at", end, now);
        ChosenEnd.requireWithin("expires_at", end, now, longest, "");
        return end;
    }
}
