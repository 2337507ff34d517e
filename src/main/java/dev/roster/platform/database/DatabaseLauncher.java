package dev.roster.platform.database;

import java.nio.file.Path;

/**
 * Starts the embedded database; found through {@link java.util.ServiceLoader} alone, so that a
 * native image, where no provider is registered, contains none of it.
 */
public interface DatabaseLauncher {

    /**
     * Starts the database whose files are in the folder, making both if they are not there yet.
     *
     * @throws StartRefused if the folder cannot be used, is in use, or the server does not start
     */
    RunningDatabase launch(Path dataDirectory);
}
