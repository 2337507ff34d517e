package dev.roster.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.testing.SuspiciousLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Nothing that the whole suite made the service log at INFO and above is a secret or personal, or tells of a request that
 * was answered twice.
 * Tests without Quarkus run after all others, so this one finds what they have left. What a {@code Replica} writes is looked
 * at where it is closed.
 */
class LoggedTest {
    /** Where all that was started has written. */
    Path log() {
        return Path.of("target/roster-test.log");
    }

    @Test
    void whenSuiteHasRunThenNoSecretNoAddressAndNoSecondAnswerIsInTheLog() throws IOException {
        assertTrue(Files.size(log()) > 0, "nothing was logged");
        assertEquals(List.of(), SuspiciousLines.in(log(), line -> false), log().toString());
    }
}
