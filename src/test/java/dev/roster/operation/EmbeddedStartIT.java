package dev.roster.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.testing.Beside;
import dev.roster.testing.FreePort;
import dev.roster.testing.Probe;
import dev.roster.testing.Replica;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The packaged service on a laptop: no setting names a database. */
@Beside
class EmbeddedStartIT {
    @TempDir
    Path folder;

    /** A native executable has no embedded database. */
    @BeforeAll
    static void require() {
        Assumptions.assumeTrue(Replica.executable().size() > 1);
    }

    @Test
    void whenSettingsAreWrongThenSaidAndNoDatabaseIsMade() throws Exception {
        Process service = start(Map.of(
                "ROSTER_TOKEN_LIFETIME", "1S",
                "ROSTER_OUTBOX_POLL", "soon",
                "ROSTER_MAIL_PORT", "none"));
        String said = new String(service.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(1, service.waitFor(), said);
        assertEquals(
                List.of(
                        "ROSTER_MAIL_PORT must be a whole number",
                        "ROSTER_OUTBOX_POLL must be a time such as 30S, 5M, 1H or 7D",
                        "ROSTER_TOKEN_LIFETIME must be 1 minute to 24 hours"),
                said.lines().sorted().toList());
        try (Stream<Path> made = Files.list(folder)) {
            assertEquals(List.of(), made.toList());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ROSTER_SIGNING_KEYS      | /nowhere/keys.json   | ROSTER_SIGNING_KEYS: the file /nowhere/keys.json cannot be read
            ROSTER_MAIL_HOST         | ''                   | ROSTER_MAIL_HOST must not be empty
            QUARKUS_HTTP_PORT        | 99999                | QUARKUS_HTTP_PORT must be 0 to 65535
            QUARKUS_MANAGEMENT_PORT  | 65536                | QUARKUS_MANAGEMENT_PORT must be 0 to 65535
            QUARKUS_CONFIG_LOCATIONS | nothing:at-all       | QUARKUS_CONFIG_LOCATIONS must be paths of files or URLs
            QUARKUS_CONFIG_LOCATIONS | http://127.0.0.1:1/x.properties | QUARKUS_CONFIG_LOCATIONS names a file or URL that cannot be read
            """)
    void whenOneSettingIsWrongThenItIsNamedAndNoDatabaseIsMade(String variable, String value, String message)
            throws Exception {
        assertRefused(Map.of(variable, value), message);
    }

    @Test
    void whenTheKeysThatWereMadeCannotBeReadThenSaidAndNoDatabaseIsMade() throws Exception {
        Path keys = Files.writeString(folder.resolve("signing-keys.json"), "{");
        assertRefused(
                Map.of(), "ROSTER_SIGNING_KEYS: the file " + keys + " is not a JWK set of EC, RSA or OKP keys in JSON");
    }

    private void assertRefused(Map<String, String> settings, String message) throws Exception {
        Process service = start(settings);
        String said = new String(service.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(1, service.waitFor(), said);
        assertEquals(message, said.strip());
        assertFalse(Files.exists(folder.resolve("postgresql")));
    }

    @Test
    void whenToldToEndWhileItStartsThenItEndsWithoutAStack() throws Exception {
        Process service = start(Map.of());
        StringBuilder said = new StringBuilder();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(service.getInputStream(), StandardCharsets.UTF_8))) {
            String line = lines.readLine();
            while (line != null) {
                said.append(line).append('\n');
                if (line.contains("Embedded PostgreSQL on port")) {
                    service.toHandle().destroy(); // whose output stays open
                }
                line = lines.readLine();
            }
        }
        assertEquals(143, service.waitFor(), said.toString());
        assertFalse(Replica.hasStack(said.toString()), said.toString());
    }

    @Test
    void whenSettingsAreGoodThenItStartsWithItsDatabase() throws Exception {
        int management = FreePort.next();
        Process service = start(Map.of(
                "QUARKUS_HTTP_PORT", Integer.toString(FreePort.next()),
                "QUARKUS_MANAGEMENT_PORT", Integer.toString(management)));
        try {
            new Probe(URI.create("http://127.0.0.1:" + management + "/q/")).await("ready");
            assertTrue(Files.isDirectory(folder.resolve("postgresql/data")));
        } finally {
            service.destroy();
            service.waitFor();
        }
    }

    private Process start(Map<String, String> settings) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(Replica.executable()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("ROSTER_"));
        builder.environment().put("ROSTER_DATA_DIR", folder.toString());
        builder.environment().putAll(settings);
        return builder.start();
    }
}
