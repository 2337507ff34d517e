package dev.roster.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;

/** The key that operators make with deploy/new-signing-key signs. */
class SigningKeyScriptTest {
    @Test
    void itPrintsAKeyOfItsOwn() throws Exception {
        assumeTrue(isInstalled("openssl"), "the script needs openssl");
        PublicJsonWebKey key = newKey();
        assertEquals("ES256", key.getAlgorithm());
        JsonWebSignature token = new JsonWebSignature();
        token.setAlgorithmHeaderValue(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
        token.setPayload("payload");
        token.setKey(key.getPrivateKey());
        JsonWebSignature received = new JsonWebSignature();
        received.setCompactSerialization(token.getCompactSerialization());
        received.setKey(key.getPublicKey());
        assertTrue(received.verifySignature());
        assertTrue(!key.getKeyId().equals(newKey().getKeyId()), "each key has its own identifier");
    }

    private static PublicJsonWebKey newKey() throws IOException, InterruptedException, JoseException {
        Process script = new ProcessBuilder("bash", "deploy/new-signing-key")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String set = new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, script.waitFor());
        return (PublicJsonWebKey) new JsonWebKeySet(set).getJsonWebKeys().get(0);
    }

    private static boolean isInstalled(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
