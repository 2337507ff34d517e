package dev.roster.platform.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.testing.Beside;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.ConfigValidationException.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a refused start says names what an operator has set. */
@Beside
class WrongSettingsTest {
    private static final Pattern TAKEN_FROM_OURS =
            Pattern.compile("(?m)^(quarkus\\.(?!datasource\\.)\\S+)=\\$\\{([a-z.-]+)(?::[^}]*)?}$");

    @Test
    void aPropertyOfQuarkusHasTheNameOfTheVariableThatItsValueComesFrom() throws Exception {
        Matcher taken = TAKEN_FROM_OURS.matcher(Files.readString(Path.of("src/main/resources/application.properties")));
        int found = 0;
        while (taken.find()) {
            found++;
            String variable = taken.group(2).replaceAll("[.-]", "_").toUpperCase(Locale.ROOT);
            assertEquals(
                    List.of(variable + " must not be empty"),
                    said("SRCFG00040: The config property " + taken.group(1) + " is defined as the empty String"));
        }
        assertTrue(found > 10, "found " + found);
    }

    @ParameterizedTest
    @CsvSource({
        "SRCFG00018: Malformed \\uxxxx encoding, names a file that is not as files of properties are written",
        "SRCFG00033: Scheme x not supported, must be paths of files or URLs",
        "SRCFG00034: URI Syntax invalid http://user:secret@%, must be paths of files or URLs",
        "SRCFG00035: Failed to load resource http://user:secret@a, names a file or URL that cannot be read"
    })
    void aPlaceOfSettingsThatIsWrongIsToldWithoutItsSecrets(String message, String told) {
        Throwable failure = new IllegalStateException(
                "the start", new IllegalArgumentException(message, new java.net.ConnectException("refused")));
        assertEquals(List.of("QUARKUS_CONFIG_LOCATIONS " + told), WrongSettings.of(failure));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "java.lang.IllegalArgumentException: Unknown level \"LOUD\" | OFF, FATAL, ERROR, WARN, INFO, DEBUG, TRACE or ALL",
                "java.lang.IllegalArgumentException: SRCFG00049: Cannot convert secret to enum class a.B, allowed values: on,off"
                        + " | one of on, off"
            })
    void aValueThatIsNoneOfAFewIsToldWithThese(String why, String told) {
        assertEquals(
                List.of("QUARKUS_LOG_LEVEL must be " + told),
                said("SRCFG00039: The config property quarkus.log.level with the config value \"secret\" threw an"
                        + " Exception whilst being converted " + why));
    }

    @Test
    void anotherFailureIsNoneOfSettings() {
        assertEquals(List.of(), WrongSettings.of(new IllegalStateException("SRCFG", new IllegalStateException())));
    }

    private static List<String> said(String problem) {
        return WrongSettings.of(new ConfigValidationException(new Problem[] {new Problem(problem)}));
    }
}
