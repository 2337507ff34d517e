package dev.roster.platform.database;

import dev.roster.platform.error.Causes;
import java.util.Set;

/** A statement did not run because of the connection it was sent on: on another one it can. */
public final class StaleConnectionException extends RuntimeException {
    // That of the message "cached plan must not change result type"
    private static final String CHANGED = "RevalidateCachedQuery";

    // The client has no type of its own for what was never sent
    private static final Set<String> UNSENT =
            Set.of("Connection is not active now", "Pending requests failed to be sent");

    StaleConnectionException(Throwable cause) {
        super("The statement did not run: " + cause.getMessage(), cause);
    }

    /** Whether this is what a failure comes from. */
    public static boolean isCauseOf(Throwable failure) {
        return Causes.of(failure).anyMatch(StaleConnectionException.class::isInstance);
    }

    /** Whether a migration has changed the columns under a statement that was prepared before. */
    static boolean isChangedTable(Throwable failure) {
        return SqlState.isOf(failure, SqlState.FEATURE_NOT_SUPPORTED, CHANGED);
    }

    /** Whether the connection had ended before the statement was sent. */
    static boolean isUnsent(Throwable failure) {
        return UNSENT.stream().anyMatch(String.valueOf(failure.getMessage())::startsWith);
    }
}
