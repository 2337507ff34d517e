package dev.roster.platform.database;

import dev.roster.platform.error.Causes;
import io.vertx.pgclient.PgException;
import java.util.Set;

/** A statement did not run because of the connection it was sent on: on another one it can. */
public final class StaleConnectionException extends RuntimeException {
    private static final String FEATURE_NOT_SUPPORTED = "0A000";

    // The message "cached plan must not change result type" may be in any language
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
        return failure instanceof PgException error
                && FEATURE_NOT_SUPPORTED.equals(error.getSqlState())
                && CHANGED.equals(error.getRoutine());
    }

    /** Whether the connection had ended before the statement was sent. */
    static boolean isUnsent(Throwable failure) {
        return UNSENT.stream().anyMatch(String.valueOf(failure.getMessage())::startsWith);
    }
}
