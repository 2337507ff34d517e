package dev.roster.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

/**
 * Gives every Quarkus test the one database of the test run; registered in {@code
 * META-INF/services}, so that no test has to name it.
 */
public final class PostgresResource implements QuarkusTestResourceLifecycleManager {
    private Path dataDirectory;

    @Override
    public Map<String, String> start() {
        try {
            dataDirectory = Files.createTempDirectory("roster-test");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        Map<String, String> properties = new HashMap<>(TestDatabase.address().properties());
        properties.put("roster.data.dir", dataDirectory.toString());
        properties.put("roster.embedded", "true");
        // Where the service is another process, the fixtures read them from here.
        properties.forEach(System::setProperty);
        return properties;
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
