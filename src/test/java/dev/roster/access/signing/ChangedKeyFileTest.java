package dev.roster.access.signing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.roster.testing.LogListener;
import dev.roster.testing.TestSettings;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.vertx.mutiny.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jboss.logmanager.ExtLogRecord;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A key file that cannot be taken is tried again until it can, and complained of once. */
class ChangedKeyFileTest {
    private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

    private final Vertx vertx = Vertx.vertx();
    private final List<String> said = new CopyOnWriteArrayList<>();
    private LogListener log;

    @TempDir
    Path folder;

    private SigningKeys keys;
    private KeyRotation rotation;

    @BeforeEach
    void start() throws Exception {
        write(set("a"), START);
        KeyFile file = KeyFile.of(TestSettings.of(KeySettings.class, Map.of("roster.signing-keys", path().toString())));
        keys = new SigningKeys(file.read(), Duration.ofMinutes(30), Clock.systemUTC());
        KeySchedule schedule = new KeySchedule(SigningAlgorithm.ES256, Duration.ofMinutes(30), Duration.ofDays(366));
        rotation = new KeyRotation(file, schedule, keys, vertx, Clock.systemUTC());
        run();
        log = new LogListener(KeyRotation.class.getName(), this::keep);
    }

    private void keep(ExtLogRecord entry) {
        if (entry.getThrown() != null
                && String.valueOf(entry.getThrown().getMessage()).contains(folder.toString())) {
            said.add(entry.getThrown().getMessage().replaceFirst(".*\\.json ?", ""));
        }
    }

    @AfterEach
    void stop() {
        log.close();
        vertx.close().await().atMost(Duration.ofSeconds(60));
    }

    /** As where the disk or the rights of the file are at fault, which leaves no trace in what the file looks like. */
    @Test
    void whenItCanBeReadAfterAllThenTakenThoughItLooksAsBefore() throws Exception {
        String set = set("b");
        write(set.replace('}', 'x'), START.plusSeconds(1));
        assertThrows(ConfigurationException.class, this::run);
        write(set, START.plusSeconds(1));
        run();
        assertEquals(List.of(false, true), List.of(has("a"), has("b")));
    }

    @Test
    void whenItIsWrongThenEachRunFailsAndTheLogSaysOnceWhatIsWrong() throws Exception {
        write("x", START.plusSeconds(1));
        failTwice();
        write(set("a", "a"), START.plusSeconds(2));
        failTwice();
        Files.delete(path());
        failTwice();
        assertEquals(true, has("a"));
        write(set("b"), START.plusSeconds(3));
        run();
        run();
        write("x", START.plusSeconds(4));
        failTwice();
        String wrong = "is not a JWK set of EC, RSA or OKP keys in JSON";
        assertEquals(List.of(wrong, "has two keys with the kid a", "", wrong), said);
    }

    private void failTwice() {
        for (int i = 0; i < 2; i++) {
            assertThrows(Exception.class, this::run);
        }
    }

    private void run() {
        rotation.run().await().atMost(Duration.ofSeconds(60));
    }

    private boolean has(String key) {
        return keys.verifying(key).isPresent();
    }

    private Path path() {
        return folder.resolve("keys.json");
    }

    private void write(String json, Instant time) throws IOException {
        Files.writeString(path(), json);
        Files.setLastModifiedTime(path(), FileTime.from(time));
    }

    private static String set(String... ids) throws JoseException {
        StringBuilder keys = new StringBuilder();
        for (String id : ids) {
            EllipticCurveJsonWebKey key = EcJwkGenerator.generateJwk(EllipticCurves.P256);
            key.setKeyId(id);
            keys.append(keys.isEmpty() ? "" : ",").append(key.toJson(OutputControlLevel.INCLUDE_PRIVATE));
        }
        return "{\"keys\":[" + keys + "]}";
    }
}
