package dev.roster.platform.database;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;

/** Which database the environment asks for: a PostgreSQL server, or the embedded one. */
public sealed interface DatabaseSettings {

    String URL = "ROSTER_DB_URL";
    String USERNAME = "ROSTER_DB_USERNAME";
    String PASSWORD = "ROSTER_DB_PASSWORD";
    String DATA_DIRECTORY = "ROSTER_DATA_DIR";

    /** PostgreSQL keeps 63 bytes of a name, and poolers may have longer ones. */
    int LONGEST_NAME = 255;

    /** The absolute path of the folder for what the service itself keeps on disk. */
    Path dataDirectory();

    /** A server that is run apart from the service. */
    record External(DatabaseAddress address, Path dataDirectory) implements DatabaseSettings {}

    /** The server that lives and ends with the service. */
    record Embedded(Path dataDirectory) implements DatabaseSettings {}

    /**
     * Reads the settings; an empty variable counts as unset.
     *
     * @param home the folder under which the data go unless the environment says otherwise
     * @throws StartRefused if they contradict each other or cannot be understood
     */
    static DatabaseSettings from(Map<String, String> environment, Path home) {
        Path dataDirectory = dataDirectory(value(environment, DATA_DIRECTORY), home);
        String url = value(environment, URL);
        String username = value(environment, USERNAME);
        // not stripped: a password may begin or end with spaces
        String password = environment.getOrDefault(PASSWORD, "");
        if (url.isEmpty()) {
            refuse(USERNAME, username);
            refuse(PASSWORD, password);
            return new Embedded(dataDirectory);
        }
        if (username.isEmpty()) {
            throw new StartRefused(USERNAME + " must be set, because " + URL + " is");
        }
        if (username.length() > LONGEST_NAME) {
            throw new StartRefused(USERNAME + " must have at most " + LONGEST_NAME + " characters");
        }
        return new External(DatabaseAddress.of(URL, url, username, password), dataDirectory);
    }

    private static void refuse(String variable, String value) {
        if (!value.isEmpty()) {
            throw new StartRefused(variable + " is set, so " + URL + " must be set too");
        }
    }

    private static Path dataDirectory(String value, Path home) {
        try {
            Path folder = value.isEmpty() ? home.resolve(".roster") : Path.of(value);
            return folder.toAbsolutePath().normalize();
        } catch (InvalidPathException malformed) {
            throw new StartRefused(DATA_DIRECTORY + " must be the path of a folder", malformed);
        }
    }

    private static String value(Map<String, String> environment, String variable) {
        return environment.getOrDefault(variable, "").strip();
    }
}
