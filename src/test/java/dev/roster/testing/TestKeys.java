package dev.roster.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/** Keys to sign tokens with. */
public final class TestKeys {
    private TestKeys() {}

    /** A key for ES256 that no service knows. */
    public static EllipticCurveJsonWebKey newKey(String id) {
        try {
            EllipticCurveJsonWebKey key = EcJwkGenerator.generateJwk(EllipticCurves.P256);
            key.setKeyId(id);
            key.setAlgorithm("ES256");
            return key;
        } catch (JoseException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** The key that the service under test signs with. */
    public static PublicJsonWebKey current() {
        String folder = PostgresResource.setting("roster.data.dir");
        try {
            String json = Files.readString(Path.of(folder, "signing-keys.json"));
            return (PublicJsonWebKey) new JsonWebKeySet(json).getJsonWebKeys().get(0);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (JoseException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
