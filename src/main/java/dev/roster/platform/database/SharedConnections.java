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
import java.util.function.LongSupplier;

/**
 * Connections of the pool that several short statements of one organization and one event loop use at once: what is sent
 * while another is on its way goes out, and is answered, with it, which saves the database and the service system calls and
 * wake-ups.
 */
final class SharedConnections extends SqlClientBase {
    // Of statements that take a tenth of a millisecond: the last one waits for less than two
    static final int MOST_AT_ONCE = 16;

    // Some ten milliseconds of them: then the connection goes back, for others, or to its end where it is retired
    static final int MOST_OF_ONE_TURN = 128;

    // A hundred times what a statement takes, and more than an event loop that has no processor is away as a rule
    static final Duration PATIENCE = Duration.ofMillis(10);

    private final VertxInternal vertx;
    private final DatabasePool pool;
    private final LongSupplier nanoTime;
    private final Map<Sharers, Shared> lent = new HashMap<>();

    /**
     * Shares connections of a pool.
     *
     * @param nanoTime the clock, as {@link System#nanoTime} is
     */
    SharedConnections(VertxInternal vertx, DatabasePool pool, LongSupplier nanoTime) {
        super(pool.driver());
        this.vertx = vertx;
        this.pool = pool;
        this.nanoTime = nanoTime;
    }

    /**
     * Who may share one: others would be held up by an organization whose statements hang, and from another event loop each
     * statement would have to be handed over.
     */
    private record Sharers(Object owner, EventLoop loop) {}

    /** A connection that is lent, and is given back when nobody uses it. */
    private static final class Shared {
        private final LentConnection connection;
        private final long end;
        private int users;
        private int statements;
        private long moved;
        private boolean slow;

        private Shared(LentConnection connection, long end, long now) {
            this.connection = connection;
            this.end = end;
            this.moved = now;
        }

        private boolean hasRoom(int most, long now) {
            notice(now);
            return users < MOST_AT_ONCE && statements < most && !slow;
        }

        private void enter() {
            users++;
            statements++;
        }

        /** Returns whether nobody uses it now. */
        private boolean leave(long now) {
            notice(now);
            moved = now;
            users--;
            return users == 0;
        }

        /** One that was slow once takes nobody in any more: those who wait behind that are enough. */
        private void notice(long now) {
            slow |= now - moved >= PATIENCE.toNanos();
        }
    }

    @Override
    public <R> Future<R> schedule(ContextInternal context, CommandBase<R> command) {
        Object owner = WorkOwner.of(context);
        return WorkOwner.isOfOrganization(owner)
                ? pool.onFreshAtLast(
                        context, command, () -> share(new Sharers(owner, context.nettyEventLoop()), context, command))
                : pool.schedule(context, command);
    }

    private <R> Future<R> share(Sharers sharers, ContextInternal context, CommandBase<R> command) {
        // Where others wait for a connection this one goes back soon
        Shared joined = join(sharers, pool.isAwaited() ? MOST_AT_ONCE : MOST_OF_ONE_TURN);
        return joined != null
                ? send(sharers, joined, context, command)
                : pool.lend(context).compose(connection -> send(sharers, begin(sharers, connection), context, command));
    }

    private <R> Future<R> send(Sharers sharers, Shared shared, ContextInternal context, CommandBase<R> command) {
        return pool.send(shared.connection, context, command).andThen(answered -> leave(sharers, shared));
    }

    private synchronized Shared join(Sharers sharers, int most) {
        Shared shared = lent.get(sharers);
        if (shared == null || !shared.hasRoom(most, nanoTime.getAsLong()) || !pool.isUsable(shared.connection)) {
            return null;
        }
        shared.enter();
        return shared;
    }

    private synchronized Shared begin(Sharers sharers, LentConnection connection) {
        Shared shared = new Shared(connection, pool.endIfKept(connection), nanoTime.getAsLong());
        shared.enter();
        lent.put(sharers, shared);
        return shared;
    }

    private void leave(Sharers sharers, Shared shared) {
        boolean last;
        synchronized (this) {
            last = shared.leave(nanoTime.getAsLong());
            if (last) {
                lent.remove(sharers, shared);
            }
        }
        if (last) {
            vertx.cancelTimer(shared.end);
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
