package dev.roster.doctor;

/**
 * What one look has found.
 *
 * @param check what was looked at, such as {@code database.clock}
 * @param message what is so and, where that is wrong, what to do; never a secret
 */
public record Finding(Level level, String check, String message) {

    /** How bad it is. */
    public enum Level {
        OK,

        /** The service runs, and something will go wrong with it. */
        WARNING,

        /** The service does not start, or not all of it works. */
        ERROR
    }
}
