package dev.roster.access.signing;

import dev.roster.platform.database.Folders;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;

/**
 * The file of keys that the service makes itself, readable by its owner only. Several processes may
 * share it: one changes it at a time, and the others see the old or the new one, never a part.
 */
final class KeyFolder {
    private final KeyFile file;

    KeyFolder(KeyFile file) {
        this.file = file;
    }

    /**
     * Replaces the keys.
     *
     * @param change takes the present keys, of which there are none at the first start
     */
    List<PublicJsonWebKey> change(UnaryOperator<List<PublicJsonWebKey>> change) {
        synchronized (KeyFolder.class) { // the lock of a file is for other processes only
            return changeAlone(change);
        }
    }

    private List<PublicJsonWebKey> changeAlone(UnaryOperator<List<PublicJsonWebKey>> change) {
        Path path = file.path();
        try {
            Files.createDirectories(path.getParent());
            try (FileChannel channel = openLock(path);
                    FileLock lock = channel.lock()) {
                assert lock.isValid();
                List<PublicJsonWebKey> present = file.present();
                List<PublicJsonWebKey> changed = change.apply(present);
                if (!changed.equals(present)) {
                    write(path, changed);
                }
                return changed;
            }
        } catch (IOException failure) {
            throw new ConfigurationException(
                    "ROSTER_DATA_DIR must be a folder that the service can write: " + path.getParent(), failure);
        }
    }

    private static FileChannel openLock(Path path) throws IOException {
        return FileChannel.open(
                path.resolveSibling(path.getFileName() + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    private static void write(Path path, List<PublicJsonWebKey> keys) throws IOException {
        Path unfinished = path.resolveSibling(path.getFileName() + ".unfinished");
        Files.deleteIfExists(unfinished);
        Files.createFile(unfinished, Folders.ownerOnly("rw-------"));
        String json = new JsonWebKeySet(keys).toJson(OutputControlLevel.INCLUDE_PRIVATE);
        Files.writeString(unfinished, json, StandardOpenOption.SYNC);
        Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE);
    }
}
