package dev.roster.platform.database;

import io.netty.channel.EventLoop;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.impl.future.PromiseInternal;
import io.vertx.sqlclient.impl.SqlClientBase;
import io.vertx.sqlclient.impl.command.CommandBase;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Connections of the pool that several short statements of one organization and one event loop use at once: what is sent
 * while others are on their way goes out, and is answered, with them, which saves the database and the service system calls
 * and wake-ups. Where few are sent at once, each has a connection of its own.
 */
final class SharedConnections extends SqlClientBase {
    static final int MOST_AT_ONCE = 16;

    // Then the connection goes back, for whoever else waits for one
    static final int MOST_OF_ONE_TURN = 128;

    private final VertxInternal vertx;
    private final DatabasePool pool;
    private final long patience;
    private final Map<Sharers, Shared> open = new HashMap<>();

    /**
     * Shares connections of a pool.
     *
     * @param patience behind a statement that takes longer none that comes later waits
     */
    SharedConnections(VertxInternal vertx, DatabasePool pool, Duration patience) {
        super(pool.driver());
        this.vertx = vertx;
        this.pool = pool;
        this.patience = patience.toNanos();
    }

    /** Who may share one: otherwise those of an organization whose statements hang would hold others up. */
    private record Sharers(UUID organizationId, EventLoop loop) {}

    /** A connection that is lent, and is given back when nobody uses it. */
    private static final class Shared {
        private final LentConnection connection;
        private int users;
        private int statements;
        private long answered = System.nanoTime();

        private Shared(LentConnection connection) {
            this.connection = connection;
        }

        private boolean hasRoom(long patience) {
            return users < MOST_AT_ONCE && statements < MOST_OF_ONE_TURN && System.nanoTime() - answered < patience;
        }

        private void enter() {
            users++;
            statements++;
        }
    }

    @Override
    public <R> Future<R> schedule(ContextInternal context, CommandBase<R> command) {
        return WorkOwner.of(context) instanceof UUID organizationId
                ? pool.onFreshAtLast(
                        context,
                        command,
                        () -> send(new Sharers(organizationId, context.nettyEventLoop()), context, command))
                : pool.schedule(context, command);
    }

    private <R> Future<R> send(Sharers sharers, ContextInternal context, CommandBase<R> command) {
        Shared joined = join(sharers);
        return joined != null
                ? send(sharers, joined, context, command)
                : pool.lend(context).compose(lent -> send(sharers, open(sharers, lent), context, command));
    }

    private <R> Future<R> send(Sharers sharers, Shared shared, ContextInternal context, CommandBase<R> command) {
        return shared.connection.schedule(context, command).andThen(answered -> leave(sharers, shared));
    }

    private synchronized Shared join(Sharers sharers) {
        Shared shared = open.get(sharers);
        if (shared == null || !shared.hasRoom(patience) || !pool.isUsable(shared.connection)) {
            return null;
        }
        shared.enter();
        return shared;
    }

    private synchronized Shared open(Sharers sharers, LentConnection lent) {
        Shared shared = new Shared(lent);
        shared.enter();
        open.put(sharers, shared);
        return shared;
    }

    private void leave(Sharers sharers, Shared shared) {
        boolean last;
        synchronized (this) {
            shared.answered = System.nanoTime();
            last = --shared.users == 0;
            if (last) {
                open.remove(sharers, shared);
            }
        }
        if (last) {
            shared.connection.close();
        }
    }

    @Override
    public void close(Handler<AsyncResult<Void>> handler) {
        close().onComplete(handler);
    }

    /** Does nothing: the connections are the pool's. */
    @Override
    public Future<Void> close() {
        return Future.succeededFuture();
    }

    @Override
    protected ContextInternal context() {
        return vertx.getOrCreateContext();
    }

    @Override
    protected <T> PromiseInternal<T> promise() {
        return vertx.promise();
    }

    @Override
    protected <T> PromiseInternal<T> promise(Handler<AsyncResult<T>> handler) {
        return vertx.promise(handler);
    }
}
