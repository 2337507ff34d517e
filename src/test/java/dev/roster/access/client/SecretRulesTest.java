package dev.roster.access.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.platform.error.RosterException;
import dev.roster.testing.TestSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long secrets live under which settings. */
class SecretRulesTest {
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

    @Test
    void whenNothingIsSetThenForEver() {
        assertNull(rules(Map.of()).end("expires_at", null, NOW));
    }

    @Test
    void whenOnlyTheLongestIsSetThenItIsTheUsual() {
        SecretRules rules = rules(Map.of("roster.secrets.max-lifetime", "90D"));
        Instant longest = NOW.plus(Duration.ofDays(90));
        assertEquals(longest, rules.end("expires_at", null, NOW));
        assertEquals(longest, rules.end("expires_at", longest, NOW));
    }

    @ParameterizedTest
    @CsvSource({"90D, 90 days", "36H, 129600 seconds", "60S, 60 seconds"})
    void whenLongerIsAskedForThenTheRuleIsNamed(String longest, String named) {
        SecretRules rules = rules(Map.of("roster.secrets.max-lifetime", longest));
        Instant wanted = NOW.plus(Duration.ofDays(91));
        RosterException refused = assertThrows(RosterException.class, () -> rules.end("token_expires_at", wanted, NOW));
        assertEquals("token_expires_at", refused.fields().get(0).field());
        assertEquals(
                "must be at most " + named + " from now (ROSTER_SECRETS_MAX_LIFETIME)",
                refused.fields().get(0).rule());
    }

    @ParameterizedTest
    @CsvSource({
        "roster.secrets.lifetime,1S,ROSTER_SECRETS_LIFETIME",
        "roster.secrets.max-lifetime,1S,ROSTER_SECRETS_",
        "roster.secrets.per-account,0,ROSTER_SECRETS_PER_ACCOUNT"
    })
    void whenSettingsAreWrongThenNamed(String name, String value, String variable) {
        List<String> broken = TestSettings.broken(TestSettings.of(SecretSettings.class, Map.of(name, value)));
        assertEquals(1, broken.size(), broken.toString());
        assertTrue(broken.get(0).startsWith(variable), broken.toString());
    }

    private static SecretRules rules(Map<String, String> values) {
        return new SecretRules(TestSettings.of(SecretSettings.class, values));
    }
}
