package dev.roster.platform.database;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.impl.ContextInternal;
import io.vertx.pgclient.impl.PgConnectionFactory;
import io.vertx.pgclient.impl.PgConnectionImpl;
import io.vertx.pgclient.spi.PgDriver;
import io.vertx.sqlclient.Transaction;
import io.vertx.sqlclient.impl.Connection;
import io.vertx.sqlclient.impl.SqlConnectionInternal;
import io.vertx.sqlclient.impl.command.CommandBase;
import io.vertx.sqlclient.spi.ConnectionFactory;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;

/** A connection of the pool in somebody's hands: tells what its statements meet, and when it is given back. */
final class LentConnection extends PgConnectionImpl {
    private static final Logger LOG = Logger.getLogger(LentConnection.class);

    /** What is told of it. */
    interface Lender {
        /** A statement failed; returns what its sender hears. */
        Throwable failed(Connection physical, Throwable failure);

        /** It is about to be given back. */
        void comesBack(Connection physical);

        /** It was given back. */
        void cameBack();
    }

    private final AtomicReference<Lender> lender = new AtomicReference<>();

    private LentConnection(PgConnectionFactory factory, ContextInternal context, Connection connection) {
        super(factory, context, connection);
        // Who waits for an answer is told; without a handler the driver would write a stack where the log is
        exceptionHandler(failure -> LOG.debug("A connection failed", failure));
    }

    LentConnection from(Lender whom) {
        lender.set(whom);
        return this;
    }

    /** What lies under it, the same for everybody who borrows it. */
    Connection physical() {
        return conn.unwrap();
    }

    @Override
    public <R> Future<R> schedule(ContextInternal caller, CommandBase<R> command) {
        return super.schedule(caller, command).recover(failure -> caller.failedFuture(told(failure)));
    }

    @Override
    public Future<Transaction> begin() {
        return super.begin().recover(failure -> context.failedFuture(told(failure)));
    }

    @Override
    public void close(Promise<Void> completion) {
        Lender whom = lender.getAndSet(null);
        if (whom != null) {
            whom.comesBack(physical());
            completion.future().onComplete(closed -> whom.cameBack());
        }
        super.close(completion);
    }

    private Throwable told(Throwable failure) {
        Lender whom = lender.get();
        return whom == null ? failure : whom.failed(physical(), failure);
    }

    /** Lets the pool hand out connections of this kind. */
    static final class Driver extends PgDriver {
        @Override
        public SqlConnectionInternal wrapConnection(
                ContextInternal context, ConnectionFactory factory, Connection connection) {
            return new LentConnection((PgConnectionFactory) factory, context, connection);
        }
    }
}
