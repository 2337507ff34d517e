package dev.roster.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** What is sent: a file, or what comes from a pipe. What is wrong with it is told by its name. */
final class SentFile implements AutoCloseable {
    private static final int PIECE = 64 * 1024;

    private final Path file;
    private final InputStream input;

    private SentFile(Path file, InputStream input) {
        this.file = file;
        this.input = input;
    }

    /** Refuses what cannot be read. */
    static void check(Path file) {
        if (!Files.exists(file)) {
            throw new CallFailed("There is no file " + file + ".");
        }
        if (Files.isDirectory(file)) {
            throw new CallFailed(file + " is a folder.");
        }
        if (!Files.isReadable(file)) {
            throw new CallFailed(file + " may not be read by this user.");
        }
    }

    static SentFile open(Path file) {
        try {
            return new SentFile(file, Files.newInputStream(file));
        } catch (IOException failure) {
            throw unreadable(file, failure);
        }
    }

    /** The first piece: without one there is nothing to send. */
    byte[] first() {
        byte[] piece = next();
        if (piece.length == 0) {
            throw new CallFailed(file + " is empty.");
        }
        return piece;
    }

    /** The next piece; without a byte at the end. */
    byte[] next() {
        try {
            return input.readNBytes(PIECE);
        } catch (IOException failure) {
            throw unreadable(file, failure);
        }
    }

    private static CallFailed unreadable(Path file, IOException failure) {
        return new CallFailed(file + " cannot be read: " + failure.getMessage());
    }

    @Override
    public void close() {
        try {
            input.close();
        } catch (IOException failure) {
            throw unreadable(file, failure);
        }
    }
}
