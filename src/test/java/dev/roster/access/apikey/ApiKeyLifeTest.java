package dev.roster.access.apikey;

import static dev.roster.testing.Refusals.assertInvalid;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.access.signing.KeySettings;
import dev.roster.testing.TestSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How long API keys live, and which settings make no sense. */
class ApiKeyLifeTest {
    private static final String KEPT = "roster.signing-keys-kept";
    private static final Duration DAY = Duration.ofDays(1);
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00.5Z");

    @Test
    void whenNoEndIsWantedThenTheUsualOne() {
        assertEquals(Instant.parse("2030-01-02T00:00:00Z"), life(1, 2).end(null, NOW));
    }

    @Test
    void whenEndIsWantedThenInWholeSecondsWithinTheLongestLife() {
        ApiKeyLife life = life(1, 2);
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
        assertEquals(List.of(), broken(1, 2, Map.of("roster.signing-keys", "keys.json", KEPT, days(1))));
    }

    private static void assertRefused(String variable, int usual, int longest, int kept) {
        List<String> broken =
                broken(usual, longest, Map.of("roster.embedded", "true", "roster.data.dir", "data", KEPT, days(kept)));
        assertEquals(1, broken.size(), broken.toString());
        assertTrue(broken.get(0).startsWith(variable), broken.toString());
    }

    private static ApiKeyLife life(int usual, int longest) {
        return new ApiKeyLife(settings(usual, longest));
    }

    private static List<String> broken(int usual, int longest, Map<String, String> keys) {
        return TestSettings.broken(settings(usual, longest), TestSettings.of(KeySettings.class, keys));
    }

    private static ApiKeySettings settings(int usual, int longest) {
        return TestSettings.of(
                ApiKeySettings.class,
                Map.of("roster.api-key.lifetime", days(usual), "roster.api-key.max-lifetime", days(longest)));
    }

    private static String days(int count) {
        return Duration.ofDays(count).toString();
    }
}
