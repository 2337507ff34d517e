package dev.roster.platform.database;

/**
 * The service cannot start as configured; the message is one line that tells an operator what to
 * change.
 */
public final class StartRefused extends RuntimeException {
    public StartRefused(String message) {
        super(message);
    }

    public StartRefused(String message, Throwable cause) {
        super(message, cause);
    }
}
