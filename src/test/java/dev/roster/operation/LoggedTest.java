package dev.roster.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Nothing that the whole suite made the service log at INFO and above is a secret or personal, or tells of a request that
 * was answered twice.
 * Tests without Quarkus run after all others, so this one finds what they have left.
 */
class LoggedTest {
    private static final Pattern TOKEN = Pattern.compile("eyJ[A-Za-z0-9_-]{8,}");
    private static final Pattern SECRET = Pattern.compile("\\brst_[A-Za-z0-9_-]{8,}");
    private static final Pattern EMAIL = Pattern.compile("[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+\\.[A-Za-z]{2,}");
    private static final Pattern PASSWORD =
            Pattern.compile("(?i)(password|client_secret)[\"']?\\s*[:=]\\s*[\"']?[^\\s\"',*]{4,}");

    private static final Pattern TWICE =
            Pattern.compile("(?i)response (has already been written|head already sent)|already been ended");

    /** Where all that was started has written. */
    Path log() {
        return Path.of("target/roster-test.log");
    }

    @Test
    void whenSuiteHasRunThenNoSecretNoAddressAndNoSecondAnswerIsInTheLog() throws IOException {
        assertEquals(List.of(), suspicious(log()), log().toString());
    }

    private static List<String> suspicious(Path log) throws IOException {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(LoggedTest::isSuspicious).limit(20).toList();
        }
    }

    private static boolean isSuspicious(String line) {
        return Stream.of(TOKEN, SECRET, EMAIL, PASSWORD, TWICE)
                .anyMatch(pattern -> pattern.matcher(line).find());
    }
}
