package dev.roster.caller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.platform.database.MigrationSettings;
import dev.roster.testing.TestSettings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which issuer settings the service starts with. */
class IssuerTest {

    @Test
    void whenEmbeddedThenLocalUrl() {
        TokenSettings settings = settings(Map.of("roster.embedded", "true"));
        assertEquals(List.of(), TestSettings.broken(settings));
        assertEquals("http://localhost:8099", Issuer.of(settings, 8099).url());
    }

    @Test
    void whenNoIssuerThenRefused() {
        refused("ROSTER_ISSUER", settings(Map.of()));
    }

    @Test
    void whenNothingButTheMigrationsFollowsThenNotNeeded() {
        Map<String, String> only = Map.of("roster.migrate", "only");
        assertEquals(
                List.of(), TestSettings.broken(settings(Map.of()), TestSettings.of(MigrationSettings.class, only)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://id.example", "http://10.0.0.1:8080", "https://a.example/roster"})
    void whenIssuerIsGoodThenTaken(String url) {
        assertEquals(List.of(), TestSettings.broken(settings(url)));
        assertEquals(url, Issuer.of(settings(url), 8080).url());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "id.example",
                "ftp://id.example",
                "https://",
                "https://id.example/",
                "https://id.example?a",
                "https://id.example#a",
                "https://u:p@id.example",
                "https://a b"
            })
    void whenIssuerIsWrongThenRefused(String url) {
        refused("ROSTER_ISSUER", settings(url));
    }

    @ParameterizedTest
    @CsvSource({"' ', PT1H, ROSTER_AUDIENCE", "a, PT59S, ROSTER_TOKEN_LIFETIME", "a, P2D, ROSTER_TOKEN_LIFETIME"})
    void whenOtherSettingsAreWrongThenRefused(String audience, String lifetime, String variable) {
        Map<String, String> values = Map.of(
                "roster.issuer", "https://a.example",
                "roster.audience", audience,
                "roster.token.lifetime", lifetime);
        refused(variable, settings(values));
    }

    private static void refused(String variable, TokenSettings settings) {
        List<String> broken = TestSettings.broken(settings, TestSettings.of(MigrationSettings.class, Map.of()));
        assertEquals(1, broken.size(), broken.toString());
        assertTrue(broken.get(0).startsWith(variable), broken.toString());
    }

    private static TokenSettings settings(String url) {
        return settings(Map.of("roster.issuer", url));
    }

    private static TokenSettings settings(Map<String, String> values) {
        return TestSettings.of(TokenSettings.class, values);
    }
}
