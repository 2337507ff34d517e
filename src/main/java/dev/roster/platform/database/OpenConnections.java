package dev.roster.platform.database;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.impl.Connection;
import io.vertx.sqlclient.impl.SocketConnectionBase;
import io.vertx.sqlclient.impl.SqlConnectionBase;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The connections that are open, by generation. When something shows that the server or its tables are no longer what
 * they were, those of the present generation are retired: at once where nobody uses them, else when they come back.
 */
final class OpenConnections {
    private static final class State {
        private final long generation;
        private final boolean pooled;
        private volatile boolean lent;

        private State(long generation, boolean pooled) {
            this.generation = generation;
            this.pooled = pooled;
        }
    }

    private final Map<Connection, State> open = new ConcurrentHashMap<>();
    private volatile long generation;

    /** The generation of what is opened now. */
    long generation() {
        return generation;
    }

    /** The generation of this one; none of them where it is closed. */
    long generation(Connection connection) {
        State state = open.get(connection);
        return state == null ? -1 : state.generation;
    }

    /**
     * Takes one in.
     *
     * @param begun the generation when it was begun to be opened
     * @param pooled whether it is in the pool, and may have statements prepared
     */
    void add(SqlConnection connection, long begun, boolean pooled) {
        Connection opened = ((SqlConnectionBase<?>) connection).unwrap();
        open.put(opened, new State(begun, pooled));
        ((SocketConnectionBase) opened)
                .socket()
                .channelHandlerContext()
                .channel()
                .closeFuture()
                .addListener(closed -> open.remove(opened));
    }

    /** Lets one be used; false where it must not be. */
    boolean lend(Connection connection) {
        State state = open.get(connection);
        if (state == null) {
            return false;
        }
        state.lent = true;
        return isUsable(connection, state);
    }

    /** Whether one that is lent may be sent more. */
    boolean isUsable(Connection connection) {
        State state = open.get(connection);
        return state != null && isUsable(connection, state);
    }

    private boolean isUsable(Connection connection, State state) {
        return connection.isValid() && state.generation == generation;
    }

    /** It is no longer used; ends it where it must not be used again. */
    void comeBack(Connection connection) {
        State state = open.get(connection);
        if (state != null) {
            state.lent = false;
            if (state.generation != generation) {
                var unused = end(connection);
            }
        }
    }

    /** Retires those with prepared statements, where these are of the present generation. */
    boolean retirePrepared(long past) {
        return retire(past, false);
    }

    /** Retires all, where these are of the present generation. */
    boolean retire(long past) {
        return retire(past, true);
    }

    /** Closes one. */
    Future<Void> end(Connection connection) {
        Promise<Void> ended = Promise.promise();
        connection.close(null, ended);
        return ended.future();
    }

    private boolean retire(long past, boolean all) {
        synchronized (this) {
            if (past != generation) {
                return false;
            }
            generation++;
        }
        open.forEach((connection, state) -> {
            if (!state.lent && state.generation <= past && (all || state.pooled)) {
                var unused = end(connection);
            }
        });
        return true;
    }
}
