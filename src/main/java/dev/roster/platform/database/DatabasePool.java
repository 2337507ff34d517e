package dev.roster.platform.database;

import io.micrometer.core.instrument.Timer;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.impl.CloseFuture;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import io.vertx.pgclient.PgPool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.impl.Connection;
import io.vertx.sqlclient.impl.PoolImpl;
import io.vertx.sqlclient.impl.command.CommandBase;
import io.vertx.sqlclient.impl.command.ExtendedQueryCommand;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The pool of Vert.x with a queue of its own before it, so that every request for a connection ends in time and is
 * counted truly, and with connections that are retired when the server or its tables are no longer what they were.
 */
@SuppressWarnings("deprecation") // Quarkus asks for this type
final class DatabasePool extends PoolImpl implements PgPool {
    private final VertxInternal vertx;
    private final Turns turns;
    private final Servers servers;
    private final OpenConnections open;
    private final long timeout;
    private final long silence;

    // Each ends one that is in the pool and must not be used
    private final int tries;

    private final Timer waits;

    /**
     * A pool over these servers.
     *
     * @param settings how long a request waits for a connection, and a connection for an answer
     * @param waits how long they waited
     */
    DatabasePool(
            VertxInternal vertx,
            PoolOptions options,
            Servers servers,
            Turns turns,
            PoolSettings settings,
            Timer waits,
            CloseFuture end) {
        super(vertx, new LentConnection.Driver(), false, options, null, null, end);
        this.vertx = vertx;
        this.servers = servers;
        this.turns = turns;
        timeout = settings.timeoutMilliseconds();
        silence = settings.silenceMilliseconds();
        this.waits = waits;
        open = servers.open();
        tries = options.getMaxSize();
        connectionProvider(context -> servers.connect((ContextInternal) context, Servers.POOLED));
        init();
    }

    @Override
    public Future<SqlConnection> getConnection() {
        return lend(vertx.getOrCreateContext()).map(lent -> lent);
    }

    @Override
    public <R> Future<R> schedule(ContextInternal context, CommandBase<R> command) {
        return onFreshAtLast(context, command, () -> lend(context)
                .compose(lent -> send(lent, context, command).andThen(done -> lent.close())));
    }

    @Override
    public DatabasePool connectHandler(Handler<SqlConnection> handler) {
        super.connectHandler(handler);
        return this;
    }

    @Override
    public DatabasePool connectionProvider(Function<Context, Future<SqlConnection>> provider) {
        super.connectionProvider(provider);
        return this;
    }

    /** Sends a command once more where the connection was to blame that it did not run. */
    <R> Future<R> onFreshAtLast(ContextInternal context, CommandBase<R> command, Supplier<Future<R>> send) {
        return send.get()
                .recover(failure -> failure instanceof StaleConnectionException && isRepeatable(command)
                        ? send.get()
                        : context.failedFuture(failure));
    }

    /** Sends a command on a connection that is lent. */
    <R> Future<R> send(LentConnection lent, ContextInternal context, CommandBase<R> command) {
        // What is thrown, such as by an observer of the driver, is a failure like others
        return context.succeededFuture().compose(now -> lent.schedule(context, command));
    }

    /** Whether somebody waits for a connection. */
    boolean isAwaited() {
        return turns.waiting() > 0;
    }

    /** Whether this one, which is lent, would be lent now. */
    boolean isUsable(LentConnection lent) {
        return open.isUsable(lent.physical());
    }

    /** Ends one, with the statements on their way there, where it is kept for as long as a silent one; the timer of that. */
    long endIfKept(LentConnection lent) {
        return vertx.setTimer(silence, late -> SilentServers.giveUp(lent));
    }

    // The first results of a batch have been handed out
    private static boolean isRepeatable(CommandBase<?> command) {
        if (command instanceof ExtendedQueryCommand<?> prepared) {
            prepared.ps = null;
            return !prepared.isBatch();
        }
        return true;
    }

    Future<LentConnection> lend(ContextInternal context) {
        Promise<LentConnection> lent = context.promise();
        Promise<Void> granted = context.promise();
        long asked = System.nanoTime();
        Turns.Turn turn = turns.ask(WorkOwner.of(context), granted);
        long timer = vertx.setTimer(timeout, over -> {
            if (lent.tryFail(new NoConnectionException("no connection within " + timeout + " ms"))
                    && granted.tryFail("given up")) {
                turn.end();
            }
        });
        lent.future().onComplete(done -> vertx.cancelTimer(timer));
        granted.future()
                .onSuccess(now -> open(turn, tries).onComplete(opened -> {
                    waits.record(System.nanoTime() - asked, TimeUnit.NANOSECONDS);
                    if (opened.failed()) {
                        turn.end();
                        lent.tryFail(opened.cause());
                    } else if (!lent.tryComplete(opened.result())) {
                        opened.result().close();
                    }
                }))
                .onFailure(lent::tryFail);
        return lent.future();
    }

    private Future<LentConnection> open(Turns.Turn turn, int left) {
        return super.getConnection().compose(connection -> {
            LentConnection lent = (LentConnection) connection;
            if (!open.lend(lent.physical()) && left > 0) {
                return open.end(lent.physical())
                        .transform(ended -> lent.close())
                        .transform(back -> open(turn, left - 1));
            }
            return Future.succeededFuture(lent.from(lender(turn)));
        });
    }

    private LentConnection.Lender lender(Turns.Turn turn) {
        return new LentConnection.Lender() {
            @Override
            public Throwable failed(Connection physical, Throwable failure) {
                return servers.judge(physical, failure);
            }

            @Override
            public void comesBack(Connection physical) {
                open.comeBack(physical);
            }

            @Override
            public void cameBack() {
                turn.end();
            }
        };
    }
}
