package dev.roster.access.signing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.platform.database.MigrationSettings;
import dev.roster.testing.Beside;
import dev.roster.testing.TestSettings;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.spec.ECParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.OkpJwkGenerator;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which key files the service starts with, and what it says about the others. */
@Beside
class KeyFileTest {
    @TempDir
    Path folder;

    @Test
    void whenSeveralKeysThenFirstSignsAndAllVerify() throws Exception {
        SigningKeys keys = keys(set(key("b"), publicPart(key("a"))));
        assertEquals("b", keys.signingId());
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
    void whenKeysOfAllAlgorithmsThenEachHasItsOwn() throws Exception {
        String published = keys(set(key("a"), rsa(2048), okp("Ed25519"))).published();
        assertTrue(published.contains("\"alg\":\"RS256\""), published);
        assertTrue(published.contains("\"alg\":\"EdDSA\""), published);
    }

    @Test
    void whenNoFileIsNamedThenRefused() {
        assertEquals(
                List.of("ROSTER_SIGNING_KEYS must be set to the path of a JWK set with private keys"),
                TestSettings.broken(settings(Map.of()), TestSettings.of(MigrationSettings.class, Map.of())));
    }

    @Test
    void whenFileIsMissingThenRefused() {
        refused("cannot be read", () -> file().read());
    }

    @Test
    void whenFileIsNotAKeySetThenRefused() throws Exception {
        for (String json : List.of(
                "", "x", "[]", "{}", "{\"keys\":1}", "{\"keys\":[1]}", "{\"keys\":[null]}", "{\"keys\":[{}]}")) {
            refused("is not a JWK set", () -> keys(json));
        }
        refused("must begin with a private key", () -> keys("{\"keys\":[]}"));
    }

    @Test
    void whenKeysAreWrongThenRefused() throws Exception {
        refused("must begin with a private key", () -> keys(set(publicPart(key("a")))));
        refused("two keys with the kid a", () -> keys(set(key("a"), key("a"))));
        refused("without kid", () -> keys(set(key(null))));
        refused("visible ASCII", () -> keys(set(key("a\u001b"))));
        refused("visible ASCII", () -> keys(set(key("a b"))));
        refused("is none of", () -> keys(set(key("a", EllipticCurves.P384))));
        refused("is none of", () -> keys(set(rsa(1024))));
        refused("is none of", () -> keys(set(okp("X25519"))));
        refused("alg is not ES256", () -> keys(set(key("a").replace("{", "{\"alg\":\"ES384\","))));
        refused("without kid", () -> keys(set(key("a").replace("\"kid\"", "\"id\""))));
        String mixed = key("a").replaceAll(".*(\"d\":\"[^\"]+\").*", "$1");
        refused("does not fit", () -> keys(set(key("b").replaceAll("\"d\":\"[^\"]+\"", mixed))));
    }

    /** A key that was cut, joined or pasted wrongly, or written by a program with a rule of its own. */
    @Test
    void whenAMemberIsWrittenWronglyThenRefusedWithTheRule() throws Exception {
        String length = " is not 32 bytes in Base64url without padding (RFC 7518 section 6.2.";
        for (String[] change : CHANGES) {
            refused("whose d" + length + "2): a", () -> keys(set(changed(key("a"), "d", change))));
            refused("whose x" + length + "1): a", () -> keys(set(changed(key("a"), "x", change))));
            refused("whose y" + length + "1): a", () -> keys(set(changed(key("a"), "y", change))));
            refused("whose x is not 32 bytes", () -> keys(set(changed(okp("Ed25519"), "x", change))));
            refused("whose d is not 32 bytes", () -> keys(set(changed(okp("Ed25519"), "d", change))));
        }
        String number =
                " is not a number in Base64url without padding and without leading zeros (RFC 7518 section 6.3.";
        String rsa = rsa(2048);
        for (String member : List.of("n", "e", "d", "p", "q", "dp", "dq", "qi")) {
            String section = List.of("n", "e").contains(member) ? "1)" : "2)";
            for (String[] change :
                    List.of(new String[] {"$", "=="}, new String[] {"$", "."}, new String[] {"^", "AAAA"})) {
                refused("whose " + member + number + section, () -> keys(set(changed(rsa, member, change))));
            }
        }
        keys(set(rsa));
    }

    /** What is replaced in a member, and by what: padding, junk, bytes too many and too few, bits that no encoder writes. */
    private static final List<String[]> CHANGES = List.of(
            new String[] {"$", "="},
            new String[] {"$", "\\\\n"},
            new String[] {"$", "AAAA"},
            new String[] {"....$", ""},
            new String[] {"^.*$", ""},
            new String[] {"^..", "++"},
            new String[] {".$", "B"});

    private static String changed(String key, String member, String... change) {
        Matcher found = Pattern.compile("\"" + member + "\":\"([^\"]+)\"").matcher(key);
        assertTrue(found.find(), key);
        String value = found.group(1).replaceFirst(change[0], change[1]);
        return key.substring(0, found.start(1)) + value + key.substring(found.end(1));
    }

    /** One of 256 private keys begins with a zero, which is written as all other bytes are. */
    @Test
    void whenAPrivateKeyBeginsWithAZeroThenTaken() throws Exception {
        String key = key("a");
        while (!key.contains("\"d\":\"AA") && !key.contains("\"x\":\"AA")) {
            key = key("a");
        }
        assertEquals("a", keys(set(key)).signingId());
    }

    private interface Attempt {
        void run() throws Exception;
    }

    private static void refused(String reason, Attempt attempt) {
        String message =
                assertThrows(ConfigurationException.class, attempt::run).getMessage();
        assertTrue(message.startsWith("ROSTER_SIGNING_KEYS"), message);
        assertTrue(message.contains(reason), message);
        assertEquals(1, message.lines().count());
    }

    private SigningKeys keys(String json) throws IOException {
        Files.writeString(file().path(), json);
        return new SigningKeys(file().read(), Duration.ofMinutes(30), Clock.systemUTC());
    }

    private KeyFile file() {
        return KeyFile.of(settings(
                Map.of("roster.signing-keys", folder.resolve("keys.json").toString())));
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

    private static String rsa(int bits) throws JoseException {
        return json(RsaJwkGenerator.generateJwk(bits));
    }

    private static String okp(String subtype) throws JoseException {
        return json(OkpJwkGenerator.generateJwk(subtype));
    }

    private static String json(PublicJsonWebKey key) throws JoseException {
        key.setKeyId(key.calculateBase64urlEncodedThumbprint("SHA-256"));
        return key.toJson(OutputControlLevel.INCLUDE_PRIVATE);
    }

    private static String publicPart(String key) {
        return key.replaceAll(",\"d\":\"[^\"]+\"", "");
    }

    private KeySettings settings(Map<String, String> signingKeys) {
        Map<String, String> values = new HashMap<>(signingKeys);
        values.put("roster.data.dir", folder.toString());
        return TestSettings.of(KeySettings.class, values);
    }
}
