package dev.roster.platform.database;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roster.testing.Beside;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Beside
class PostgresServerTest {
    private static final String START = "2026-11-27 09:49:00.001 UTC [7] ";

    @TempDir
    private Path folder;

    @Test
    void whenClientsCameWhileItStartedThenThatIsNotWhyItEnded() throws IOException {
        Path log = folder.resolve("log");
        assertEquals(Optional.empty(), PostgresServer.reason(log));
        String early = START + "FATAL:  the database system is starting up";
        Files.write(log, List.of(START + "LOG:  starting PostgreSQL", early, early));
        assertEquals(Optional.empty(), PostgresServer.reason(log));
        Files.write(
                log,
                List.of(
                        early,
                        START + "PANIC:  could not locate a valid checkpoint record",
                        START + "FATAL:  the database system is shutting down",
                        START + "FATAL:  something else"));
        assertEquals(Optional.of("could not locate a valid checkpoint record"), PostgresServer.reason(log));
    }
}
