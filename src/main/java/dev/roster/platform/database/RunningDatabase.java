package dev.roster.platform.database;

/** A database that this process started and has to stop. */
public interface RunningDatabase extends AutoCloseable {

    DatabaseAddress address();

    /** Stops the server and returns when its files are at rest. */
    @Override
    void close();
}
