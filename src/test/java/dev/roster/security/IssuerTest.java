package dev.roster.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which issuer settings the service starts with. */
class IssuerTest {

    @Test
    void whenEmbeddedThenLocalUrl() {
        Settings settings = new Settings(Optional.empty(), "roster", Duration.ofHours(1), true);
        assertEquals("http://localhost:8099", Issuer.of(settings, 8099).url());
    }

    @Test
    void whenNoIssuerThenRefused() {
        refused(
                "ROSTER_ISSUER",
                new Settings(Optional.empty(), "roster", Duration.ofHours(1), false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://id.example", "http://10.0.0.1:8080", "https://a.example/roster"})
    void whenIssuerIsGoodThenTaken(String url) {
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
    @CsvSource({
        "' ', PT1H, ROSTER_AUDIENCE",
        "a, PT59S, ROSTER_TOKEN_LIFETIME",
        "a, P2D, ROSTER_TOKEN_LIFETIME"
    })
    void whenOtherSettingsAreWrongThenRefused(String audience, Duration lifetime, String variable) {
        refused(
                variable,
                new Settings(Optional.of("https://a.example"), audience, lifetime, false));
    }

    private static void refused(String variable, Settings settings) {
        String message =
                assertThrows(ConfigurationException.class, () -> Issuer.of(settings, 8080))
                        .getMessage();
        assertTrue(message.startsWith(variable), message);
    }

    private static Settings settings(String url) {
        return new Settings(Optional.of(url), "roster", Duration.ofHours(1), false);
    }

    private record Settings(
            Optional<String> issuer, String audience, Duration tokenLifetime, boolean embedded)
            implements TokenSettings {

        @Override
        public String signingAlgorithm() {
            return "ES256";
        }

        @Override
        public Duration signingKeysKept() {
            return Duration.ofDays(366);
        }

        @Override
        public Optional<Path> signingKeys() {
            return Optional.empty();
        }

        @Override
        public Optional<Path> dataDirectory() {
            return Optional.empty();
        }
    }
}
