package dev.roster.security;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/** Makes the signing key of an embedded installation, in a file that only its owner can read. */
final class NewKeyFile {
    private NewKeyFile() {}

    static void write(Path path) {
        try {
            Files.createDirectories(path.getParent());
            Path unfinished = path.resolveSibling(path.getFileName() + ".unfinished");
            Files.deleteIfExists(unfinished);
            Files.createFile(unfinished, ownerOnly());
            Files.writeString(unfinished, newKeySet());
            Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failure) {
            throw new ConfigurationException(
                    "ROSTER_DATA_DIR must be a folder that the service can write: "
                            + path.getParent(),
                    failure);
        }
    }

    private static String newKeySet() {
        try {
            EllipticCurveJsonWebKey key = EcJwkGenerator.generateJwk(EllipticCurves.P256);
            key.setKeyId(key.calculateBase64urlEncodedThumbprint("SHA-256"));
            return new JsonWebKeySet(key).toJson(OutputControlLevel.INCLUDE_PRIVATE);
        } catch (JoseException noEllipticCurves) {
            throw new IllegalStateException(noEllipticCurves);
        }
    }

    private static FileAttribute<?>[] ownerOnly() {
        // Windows: what is made in the home folder is the owner's alone by inheritance
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
