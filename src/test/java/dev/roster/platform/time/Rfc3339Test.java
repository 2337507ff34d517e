package dev.roster.platform.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.DateTimeException;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Times have the form of RFC 3339, not any of ISO 8601. */
class Rfc3339Test {
    @ParameterizedTest
    @CsvSource({
        "1985-04-12T23:20:50.52Z, 1985-04-12T23:20:50.520Z",
        "1996-12-19T16:39:57-08:00, 1996-12-20T00:39:57Z",
        "2026-01-31t12:00:00z, 2026-01-31T12:00:00Z",
        "2026-01-31T12:00:00.123456789+05:45, 2026-01-31T06:15:00.123456789Z"
    })
    void whenTimeThenRead(String text, Instant time) {
        assertEquals(time, Rfc3339.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026-01-31",
                "2026-01-31T12:00Z",
                "2026-01-31T12:00:00",
                "2026-01-31T12:00:00+01",
                "2026-01-31T12:00:00+010000",
                "2026-01-31 12:00:00Z",
                "+02026-01-31T12:00:00Z",
                "2026-02-30T12:00:00Z",
                "2026-01-31T25:00:00Z",
                "2026-01-31T12:00:00.1234567890Z",
                "٢٠٢٦-01-31T12:00:00Z"
            })
    void whenAnotherFormThenNone(String text) {
        assertThrows(DateTimeException.class, () -> Rfc3339.parse(text));
    }
}
