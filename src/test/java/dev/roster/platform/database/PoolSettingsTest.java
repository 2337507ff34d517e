package dev.roster.platform.database;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roster.testing.TestSettings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which settings of the pool stop the start. */
class PoolSettingsTest {

    @Test
    void whenNothingIsSetThenDefaults() {
        PoolSettings settings = settings(Map.of());
        assertEquals(1_500, settings.timeoutMilliseconds());
        assertEquals(10_000, settings.silenceMilliseconds());
    }

    @ParameterizedTest
    @CsvSource({"PT0.1S, PT1S, 100, 1000", "PT10M, PT10M, 600000, 600000"})
    void whenWithinTheLimitsThenTaken(String timeout, String silence, int milliseconds, int silent) {
        PoolSettings settings = settings(Map.of(
                "roster.db.pool.timeout", timeout,
                "roster.db.pool.silence", silence));
        assertEquals(List.of(), TestSettings.broken(settings));
        assertEquals(milliseconds, settings.timeoutMilliseconds());
        assertEquals(silent, settings.silenceMilliseconds());
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT0.099S", "PT-1S", "PT10M0.001S", "P366D"})
    void whenTheTimeoutIsOutsideThenRefusedByName(String value) {
        PoolSettings settings = settings(Map.of("roster.db.pool.timeout", value));
        assertEquals(
                List.of("ROSTER_DB_POOL_TIMEOUT must be 100 milliseconds to 600 seconds"),
                TestSettings.broken(settings));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT0.999S", "PT-1S", "PT10M0.001S", "P366D"})
    void whenTheSilenceIsOutsideThenRefusedByName(String value) {
        PoolSettings settings = settings(Map.of("roster.db.pool.silence", value));
        assertEquals(List.of("ROSTER_DB_POOL_SILENCE must be 1 seconds to 600 seconds"), TestSettings.broken(settings));
    }

    private static PoolSettings settings(Map<String, String> values) {
        return TestSettings.of(PoolSettings.class, values);
    }
}
