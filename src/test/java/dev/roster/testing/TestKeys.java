package dev.roster.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;

/** The signing key of the service under test, to forge tokens with. */
public final class TestKeys {
    private TestKeys() {}

    /** The key that signs. */
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
