package dev.roster.platform.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roster.testing.Beside;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A slip in the name of a variable is told; what others read in the same environment is not. */
@Beside
class UnreadVariablesTest {
    private static final Pattern NAME = Pattern.compile("\\bROSTER_[A-Z][A-Z0-9_]*[A-Z0-9](?=[^A-Z0-9_<]|$)");

    @Test
    void whatIsNotReadIsToldInOneLineWithTheNearestName() {
        assertEquals(
                Optional.of(
                        "Not read, as Roster has no such variable: ROSTER_DB_POOLSIZE (did you mean"
                                + " ROSTER_DB_POOL_SIZE?), ROSTER_DB_URI (did you mean ROSTER_DB_URL?), ROSTER_SOMETHING,"
                                + " ROSTER_TRUSTED_ISSUERS__IDP__JWKS_URI (did you mean ROSTER_TRUSTED_ISSUERS__IDP__JWKS_URL?)"),
                UnreadVariables.told(Set.of(
                        "ROSTER_SOMETHING",
                        "ROSTER_DB_URI",
                        "ROSTER_DB_POOLSIZE",
                        "ROSTER_DB_URL",
                        "ROSTER_TRUSTED_ISSUERS__IDP__JWKS_URI",
                        "PATH",
                        "ROSTERS",
                        "QUARKUS_NOTHING")));
    }

    @Test
    void whatKubernetesTellsOfServicesIsNoSlip() {
        Set<String> links = Set.of(
                "ROSTER_SERVICE_HOST",
                "ROSTER_SERVICE_PORT",
                "ROSTER_SERVICE_PORT_HTTP",
                "ROSTER_PORT",
                "ROSTER_PORT_8080_TCP",
                "ROSTER_PORT_8080_TCP_ADDR",
                "ROSTER_DB_SERVICE_HOST",
                "ROSTER_DB_PORT_5432_TCP");
        assertEquals(Optional.empty(), UnreadVariables.told(links));
        assertEquals(
                Optional.of("Not read, as Roster has no such variable: ROSTER_PORT"),
                UnreadVariables.told(Set.of("ROSTER_PORT")));
    }

    /** Whatever is set beside the service where it is run as these say. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "compose.yaml",
                "deploy",
                "docs/cli.md",
                ".ci",
                ".github",
                "bench",
                "src/main/docker",
                "src/main/java/dev/roster/cli",
                "src/test/attack",
                "src/test/chaos",
                "src/test/clients",
                "src/test/java/dev/roster/testing"
            })
    void whatTheProjectItselfSetsIsNoSlip(String place) throws Exception {
        try (Stream<Path> files = Files.walk(Path.of(place))) {
            Set<String> names = files.filter(Files::isRegularFile)
                    .flatMap(UnreadVariablesTest::names)
                    .collect(Collectors.toSet());
            assertEquals(List.of(), KnownVariables.read().unknown(names));
        }
    }

    private static Stream<String> names(Path file) {
        try {
            // A comment may name what shall not be set
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
                    .lines()
                    .filter(line -> !line.strip().startsWith("#"))
                    .flatMap(line -> NAME.matcher(line).results())
                    .map(MatchResult::group);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
