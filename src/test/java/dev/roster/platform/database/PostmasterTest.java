package dev.roster.platform.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostmasterTest {

    @TempDir
    private Path database;

    @Test
    void whenThereIsNoPidFileThenThereIsNoServer() throws IOException {
        Postmaster.stopOrphan(database);
        assertEquals(Optional.empty(), Postmaster.of(database));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "0", "-12", "9999999999"})
    void whenThePidIsOfNoProcessThenThereIsNoServer(String pid) throws IOException {
        Files.writeString(database.resolve("postmaster.pid"), pid + "\n");
        assertEquals(Optional.empty(), Postmaster.of(database));
    }

    @Test
    void whenThePidWasGivenToAnotherProgramThenOnlyTheFileGoes() throws IOException {
        Path file = database.resolve("postmaster.pid");
        Files.writeString(file, ProcessHandle.current().pid() + "\n");
        Postmaster.stopOrphan(database);
        assertTrue(Files.notExists(file));
    }
}
