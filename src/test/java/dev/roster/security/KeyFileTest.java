package dev.roster.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.spec.ECParameterSpec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which key files the service starts with, and what it says about the others. */
class KeyFileTest {
    @TempDir Path folder;

    @Test
    void whenSeveralKeysThenFirstSignsAndAllVerify() throws Exception {
        SigningKeys keys = keys(set(key("b"), publicPart(key("a"))));
        assertEquals("b", keys.currentId());
        assertTrue(keys.verifying("a").isPresent());
        assertTrue(keys.verifying("c").isEmpty());
        assertTrue(keys.verifying(null).isEmpty());
    }

    @Test
    void whenPublishedThenNothingPrivate() throws Exception {
        String published = keys(set(key("a"), key("b"))).published();
        assertFalse(published.contains("\"d\""), published);
        assertTrue(published.contains("\"use\":\"sig\""), published);
        assertTrue(published.contains("\"alg\":\"ES256\""), published);
    }

    @Test
    void whenEmbeddedThenKeyMadeOnceForItsOwnerOnly() throws Exception {
        TokenSettings settings = settings(Optional.empty(), true);
        List<PublicJsonWebKey> first = KeyFile.of(settings).read();
        assertEquals(first.get(0).getKeyId(), KeyFile.of(settings).read().get(0).getKeyId());
        Path file = folder.resolve("signing-keys.json");
        assertEquals(
                "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @Test
    void whenNoFileIsNamedThenRefused() {
        refused("must be set", () -> KeyFile.of(settings(Optional.empty(), false)));
    }

    @Test
    void whenFileIsMissingThenRefused() {
        refused("cannot be read", () -> KeyFile.of(settings(file(), false)).read());
    }

    @Test
    void whenFileIsNotAKeySetThenRefused() throws Exception {
        for (String json :
                List.of("", "x", "[]", "{}", "{\"keys\":1}", "{\"keys\":[1]}", "{\"keys\":[{}]}")) {
            refused("is not a JWK set", () -> keys(json));
        }
        refused("must begin with a private key", () -> keys("{\"keys\":[]}"));
    }

    @Test
    void whenKeysAreWrongThenRefused() throws Exception {
        refused("must begin with a private key", () -> keys(set(publicPart(key("a")))));
        refused("two keys with the kid a", () -> keys(set(key("a"), key("a"))));
        refused("without kid", () -> keys(set(key(null))));
        refused("not EC with the curve P-256", () -> keys(set(key("a", EllipticCurves.P384))));
        String rsa = RsaJwkGenerator.generateJwk(2048).toJson(OutputControlLevel.INCLUDE_PRIVATE);
        refused("without kid", () -> keys("{\"keys\":[" + rsa + "]}"));
        String mixed = key("a").replaceAll(".*(\"d\":\"[^\"]+\").*", "$1");
        refused("does not fit", () -> keys(set(key("b").replaceAll("\"d\":\"[^\"]+\"", mixed))));
    }

    private interface Attempt {
        void run() throws Exception;
    }

    private static void refused(String reason, Attempt attempt) {
        String message = assertThrows(ConfigurationException.class, attempt::run).getMessage();
        assertTrue(message.startsWith("ROSTER_SIGNING_KEYS"), message);
        assertTrue(message.contains(reason), message);
        assertEquals(1, message.lines().count());
    }

    private SigningKeys keys(String json) throws IOException {
        Files.writeString(file().get(), json);
        return new SigningKeys(KeyFile.of(settings(file(), false)).read());
    }

    private Optional<Path> file() {
        return Optional.of(folder.resolve("keys.json"));
    }

    private static String set(String... keys) {
        return "{\"keys\":[" + String.join(",", keys) + "]}";
    }

    private static String key(String id) throws JoseException {
        return key(id, EllipticCurves.P256);
    }

    private static String key(String id, ECParameterSpec curve) throws JoseException {
        EllipticCurveJsonWebKey key = EcJwkGenerator.generateJwk(curve);
        key.setKeyId(id);
        return key.toJson(OutputControlLevel.INCLUDE_PRIVATE);
    }

    private static String publicPart(String key) {
        return key.replaceAll(",\"d\":\"[^\"]+\"", "");
    }

    private TokenSettings settings(Optional<Path> signingKeys, boolean embedded) {
        return new TokenSettings() {
            @Override
            public Optional<String> issuer() {
                return Optional.empty();
            }

            @Override
            public String audience() {
                return "roster";
            }

            @Override
            public Optional<Path> signingKeys() {
                return signingKeys;
            }

            @Override
            public Duration tokenLifetime() {
                return Duration.ofHours(1);
            }

            @Override
            public boolean embedded() {
                return embedded;
            }

            @Override
            public Optional<Path> dataDirectory() {
                return Optional.of(folder);
            }
        };
    }
}
