package dev.roster.apikey;

import static dev.roster.testing.Refusals.assertInvalid;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.security.TokenSettings;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How long API keys live, and which settings make no sense. */
class ApiKeyLifeTest {
    private static final Duration DAY = Duration.ofDays(1);
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00.5Z");

    @Test
    void whenNoEndIsWantedThenTheUsualOne() {
        assertEquals(Instant.parse("2030-01-02T00:00:00Z"), life(1, 2, 3).end(null, NOW));
    }

    @Test
    void whenEndIsWantedThenInWholeSecondsWithinTheLongestLife() {
        ApiKeyLife life = life(1, 2, 3);
        Instant end = Instant.parse("2030-01-02T23:59:59.9Z");
        assertEquals(Instant.parse("2030-01-02T23:59:59Z"), life.end(end, NOW));
        assertInvalid("expires_at", () -> life.end(NOW.plus(DAY).plus(DAY).plusSeconds(1), NOW));
        assertInvalid("expires_at", () -> life.end(NOW, NOW));
    }

    @Test
    void whenSettingsMakeNoSenseThenNamed() {
        assertRefused("ROSTER_API_KEY_LIFETIME", 0, 2, 3);
        assertRefused("ROSTER_API_KEY_MAX_LIFETIME", 2, 1, 3);
        assertRefused("ROSTER_SIGNING_KEYS_KEPT", 2, 4, 3);
    }

    @Test
    void whenKeysAreBroughtThenTheirOwnerDecides() {
        life(1, 2, 1, Optional.of(Path.of("keys.json")));
    }

    private static void assertRefused(String variable, int usual, int longest, int kept) {
        ConfigurationException refused =
                assertThrows(ConfigurationException.class, () -> life(usual, longest, kept));
        assertTrue(refused.getMessage().startsWith(variable), refused.getMessage());
    }

    private static ApiKeyLife life(int usual, int longest, int kept) {
        return life(usual, longest, kept, Optional.empty());
    }

    private static ApiKeyLife life(int usual, int longest, int kept, Optional<Path> keys) {
        return new ApiKeyLife(
                new ApiKeySettings() {
                    @Override
                    public Duration lifetime() {
                        return Duration.ofDays(usual);
                    }

                    @Override
                    public Duration maxLifetime() {
                        return Duration.ofDays(longest);
                    }
                },
                tokens(kept, keys));
    }

    private static TokenSettings tokens(int kept, Optional<Path> keys) {
        return new TokenSettings() {
            @Override
            public Optional<String> issuer() {
                return Optional.empty();
            }

            @Override
            public String audience() {
                return "roster";
            }

            @Override
            public Optional<Path> signingKeys() {
                return keys;
            }

            @Override
            public String signingAlgorithm() {
                return "ES256";
            }

            @Override
            public Duration signingKeysKept() {
                return Duration.ofDays(kept);
            }

            @Override
            public Duration tokenLifetime() {
                return Duration.ofHours(1);
            }

            @Override
            public boolean embedded() {
                return true;
            }

            @Override
            public Optional<Path> dataDirectory() {
                return Optional.empty();
            }
        };
    }
}
