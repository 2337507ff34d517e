package dev.roster.testing;

import dev.roster.platform.database.DatabaseAddress;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;

/**
 * Gives every Quarkus test the one database of the test run; registered in {@code
 * META-INF/services}, so that no test has to name it.
 */
public final class PostgresResource implements QuarkusTestResourceLifecycleManager {
    private Path dataDirectory;

    @Override
    public Map<String, String> start() {
        DatabaseAddress address = TestDatabase.address();
        try {
            dataDirectory = Files.createTempDirectory("roster-test");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return Map.of(
                "roster.db.url", address.url(),
                "roster.db.username", address.username(),
                "roster.db.password", address.password(),
                "roster.data.dir", dataDirectory.toString(),
                "roster.embedded", "true");
    }

    /** Leaves the database to the end of the JVM: tests of another profile may follow. */
    @Override
    public void stop() {
        try (var files = Files.walk(dataDirectory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
