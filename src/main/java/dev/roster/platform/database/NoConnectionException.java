package dev.roster.platform.database;

/** All connections of the pool are in use, and none came free in time or too many wait already. */
public final class NoConnectionException extends RuntimeException {
    NoConnectionException(String message) {
        // There may be thousands a second, and where they come from tells nothing
        super(message, null, false, false);
    }
}
