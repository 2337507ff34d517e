package dev.roster.platform.database;

import dev.roster.platform.error.Causes;
import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Set;

/** What a statement meets when its server ends, or takes no writes any more (PostgreSQL appendix A). */
public final class ServerChange {
    /** Whether a server takes no writes: a standby always, another one by its settings. */
    public static final String IS_READ_ONLY = "SELECT current_setting('transaction_read_only') = 'on'";

    private static final String READ_ONLY = "25006";

    // Told to end, crashed, not ready yet
    private static final Set<String> ENDING = Set.of("57P01", "57P02", "57P03");

    private static final String CONNECTION = "08";

    private static final String TOO_MANY_CONNECTIONS = "53300";

    // A database that takes no connections for now, as while it is copied or restored; told by a statement it is
    // another fault
    private static final String NOT_IN_STATE = "55000";
    private static final String CONNECTING = "CheckMyDatabase";

    // A standby has nothing of unlogged tables, not even for reads
    private static final String UNLOGGED = "get_relation_info";

    private ServerChange() {}

    /** Whether the server may no longer be the one that takes writes. */
    static boolean isShownBy(Throwable failure) {
        return isLoss(failure) || isUnlogged(failure) || READ_ONLY.equals(state(failure));
    }

    /** Whether another try may meet another connection, or another server. */
    public static boolean isPassing(Throwable failure) {
        return Causes.of(failure)
                .anyMatch(cause -> isShownBy(cause)
                        || isFull(cause)
                        || isClosed(cause)
                        || cause instanceof NoConnectionException
                        || cause instanceof StaleConnectionException);
    }

    /** Whether a standby was asked for what only the server that takes writes has. */
    public static boolean isUnlogged(Throwable failure) {
        return SqlState.isOf(failure, SqlState.FEATURE_NOT_SUPPORTED, UNLOGGED);
    }

    /** Whether the database, or the role, has no room for a connection; it answers others. */
    static boolean isFull(Throwable failure) {
        return TOO_MANY_CONNECTIONS.equals(state(failure));
    }

    private static boolean isClosed(Throwable failure) {
        return SqlState.isOf(failure, NOT_IN_STATE, CONNECTING);
    }

    /** Whether the failure is one that a database told, whatever it is. */
    static boolean isTold(Throwable failure) {
        return Causes.of(failure).anyMatch(cause -> cause instanceof PgException || cause instanceof SQLException);
    }

    /** Whether the connection is lost. */
    public static boolean isLoss(Throwable failure) {
        return Causes.of(failure).anyMatch(ServerChange::isLost);
    }

    private static boolean isLost(Throwable failure) {
        if (failure instanceof PgException || failure instanceof SQLException) {
            String state = state(failure);
            return ENDING.contains(state) || state.startsWith(CONNECTION);
        }
        return failure instanceof IOException
                // How the client says that a connection was closed under a statement
                || failure instanceof VertxException
                || StaleConnectionException.isUnsent(failure)
                // As above, where the pool says it
                || String.valueOf(failure.getMessage()).contains("Connection is closed");
    }

    private static String state(Throwable failure) {
        return SqlState.own(failure).orElse("");
    }
}
