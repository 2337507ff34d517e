package dev.roster.platform.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.testing.TestSettings;
import java.util.List;
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
        String variable = "ROSTER_HTTP_" + name.toUpperCase(Locale.ROOT).replace('-', '_');
        List<String> broken = TestSettings.broken(limits);
        assertEquals(1, broken.size(), broken.toString());
        assertTrue(broken.get(0).startsWith(variable + " must be "), broken.toString());
    }

    @Test
    void whenNothingIsSetThenAllAreGood() {
        assertEquals(List.of(), TestSettings.broken(TestSettings.of(RequestLimits.class, Map.of())));
    }
}
