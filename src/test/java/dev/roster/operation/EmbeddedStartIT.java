package dev.roster.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.testing.Beside;
import dev.roster.testing.FreePort;
import dev.roster.testing.Probe;
import dev.roster.testing.Replica;
import java.io.IOException;
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
