package dev.roster.platform.database;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.roster.platform.digest.RandomBytes;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;

/** The folder of an embedded database, the owner's alone and held by one process at a time. */
final class DataFolder implements AutoCloseable {
    private final Path folder;
    private final FileChannel lock;

    private DataFolder(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /**
     * Takes the folder below the given one for this process, making it if needed.
     *
     * @throws StartRefused if it cannot be written or another process has it
     */
    static DataFolder take(Path dataDirectory) {
        FileChannel lock = null;
        try {
            Path folder = dataDirectory.resolve("postgresql");
            Files.createDirectories(folder, Folders.ownerOnly("rwx------"));
            lock = FileChannel.open(folder.resolve("lock"), CREATE, WRITE);
            if (lock.tryLock() != null) {
                return new DataFolder(folder.toRealPath(), lock);
            }
        } catch (OverlappingFileLockException heldByThisProcess) {
            // the same answer as for another process
        } catch (IOException failure) {
            throw new StartRefused(
                    "ROSTER_DATA_DIR must be a folder that the service can write,"
                            + " because ROSTER_DB_URL names no database: "
                            + dataDirectory,
                    failure);
        }
        release(lock);
        throw new StartRefused(
                "another Roster is running on the data in %s: stop it or set ROSTER_DATA_DIR".formatted(dataDirectory));
    }

    /** The files of the database. */
    Path database() {
        return folder.resolve("data");
    }

    /** A database in the making, worthless until it is renamed to {@link #database()}. */
    Path unfinished() {
        return folder.resolve("data.unfinished");
    }

    /** The programs of PostgreSQL; not in /tmp, where others may write and cleaners delete. */
    Path programs() {
        return folder.resolve("programs");
    }

    /** What the server wrote since it was last started. */
    Path log() {
        return folder.resolve("log");
    }

    /** The file of the password that both roles of the database share. */
    Path passwordFile() {
        return folder.resolve("password");
    }

    String password() throws IOException {
        return Files.readString(passwordFile()).strip();
    }

    /** Writes a random password of 256 bits where only the owner can read it. */
    void makePassword() throws IOException {
        Files.deleteIfExists(passwordFile());
        Files.createFile(passwordFile(), Folders.ownerOnly("rw-------"));
        Files.writeString(passwordFile(), HexFormat.of().formatHex(RandomBytes.of(32)) + "\n");
    }

    @Override
    public void close() {
        release(lock);
    }

    private static void release(FileChannel lock) {
        try {
            if (lock != null) {
                lock.close();
            }
        } catch (IOException closedAnyway) {
            // the end of the process frees the lock at the latest
        }
    }
}
