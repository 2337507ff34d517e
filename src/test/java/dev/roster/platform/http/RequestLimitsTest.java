package dev.roster.platform.http;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.testing.TestSettings;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Limits that make no sense stop the start, by the name of their variable. */
class RequestLimitsTest {

    @ParameterizedTest
    @CsvSource({
        "max-uri, 0",
        "max-uri, 131073",
        "max-headers, -1",
        "max-headers, 131073",
        "head-timeout, 0S",
        "head-timeout, 11M",
        "body-timeout, 0S",
        "body-timeout, PT-1S",
        "body-memory, 1K",
        "connections-per-address, 0"
    })
    void whenALimitMakesNoSenseThenRefused(String name, String value) {
        RequestLimits limits = TestSettings.of(RequestLimits.class, Map.of("roster.http." + name, value));
        String message =
                assertThrows(ConfigurationException.class, limits::checked).getMessage();
        String variable = "ROSTER_HTTP_" + name.toUpperCase(Locale.ROOT).replace('-', '_');
        assertTrue(message.startsWith(variable + " must be "), message);
    }

    @Test
    void whenNothingIsSetThenAllAreGood() {
        assertDoesNotThrow(() -> TestSettings.of(RequestLimits.class, Map.of()).checked());
    }
}
