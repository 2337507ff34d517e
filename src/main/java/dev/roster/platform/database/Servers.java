package dev.roster.platform.database;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.impl.PgConnectionFactory;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.impl.Connection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;

/**
 * The servers that have the database, of which one takes writes. Connections go to that one. Whatever shows that it may
 * be another now, a refused write or a lost connection, retires them and has all servers asked; as long as none takes
 * writes, one that answers serves reads, and all are asked again and again.
 */
final class Servers {
    private static final Logger LOG = Logger.getLogger(Servers.class);

    /** What is added to the connections of the pool. */
    static final Map<String, String> POOLED = Map.of();

    // Often enough to be back well within the five seconds that clients have patience for
    private static final long LOOK_MILLISECONDS = 500;

    // What every connection meets at once is one reason to look
    static final long PAUSE_NANOSECONDS = 500_000_000L;

    private final VertxInternal vertx;
    private final List<PgConnectOptions> servers;
    private final PgConnectionFactory factory;
    private final long timeout;
    private final OpenConnections open = new OpenConnections();
    private final AtomicBoolean looking = new AtomicBoolean();

    // One look is waited for at a time, however many doubts there are meanwhile
    private final AtomicBoolean waiting = new AtomicBoolean();
    private final AtomicLong doubted = new AtomicLong(System.nanoTime() - PAUSE_NANOSECONDS);
    private volatile Future<Integer> present = Future.succeededFuture(0);
    private volatile int last;
    private volatile boolean writable = true;
    private volatile boolean writerFound = true;

    /**
     * These servers, none of them asked yet.
     *
     * @param timeout milliseconds after which a server that does not answer is none
     */
    Servers(VertxInternal vertx, List<PgConnectOptions> servers, PgConnectionFactory factory, long timeout) {
        this.vertx = vertx;
        this.servers = servers;
        this.factory = factory;
        this.timeout = timeout;
    }

    OpenConnections open() {
        return open;
    }

    /** Whether the server that is in use takes writes, by all that is known. */
    boolean isWritable() {
        return writable;
    }

    /** Whether the last look has found a server that takes writes: not where none answered either. */
    boolean isWriterFound() {
        return writerFound;
    }

    /** Connects to the server that takes writes, or to one that answers where none does. */
    Future<SqlConnection> connect(ContextInternal context, Map<String, String> properties) {
        return connect(context, properties, servers.size() > 1);
    }

    /**
     * Looks into the failure of a statement; returns what its sender hears.
     *
     * @param connection the one that it was sent on
     */
    Throwable judge(Connection connection, Throwable failure) {
        long generation = open.generation(connection);
        if (StaleConnectionException.isChangedTable(failure)) {
            open.retirePrepared(generation);
            return new StaleConnectionException(failure);
        }
        // That it takes no writes is news once
        if (writable ? ServerChange.isShownBy(failure) : ServerChange.isLoss(failure)) {
            doubt(generation);
        }
        return StaleConnectionException.isUnsent(failure) ? new StaleConnectionException(failure) : failure;
    }

    /** The server in use may no longer be the one that takes writes. */
    void doubt() {
        doubt(open.generation());
    }

    private void doubt(long generation) {
        long now = System.nanoTime();
        long before = doubted.get();
        if (now - before >= PAUSE_NANOSECONDS && doubted.compareAndSet(before, now) && open.retire(generation)) {
            LOG.debug("The server of the database is in doubt");
            Promise<Integer> found = Promise.promise();
            if (look(found)) {
                present = found.future();
            }
        }
    }

    private Future<SqlConnection> connect(ContextInternal context, Map<String, String> properties, boolean again) {
        long begun = open.generation();
        Promise<Integer> server = context.promise();
        present.onComplete(server);
        return server.future()
                .compose(found -> reach(context, found, properties))
                .map(reached -> {
                    open.add(reached.connection(), begun, properties.equals(POOLED));
                    if (reached.readOnly() && writable) {
                        doubt(begun);
                    }
                    return reached.connection();
                })
                .recover(failure -> {
                    if (ServerChange.isLoss(failure)) {
                        doubt(begun);
                    } else if (ServerChange.isTold(failure) && !ServerChange.isFull(failure)) {
                        miss();
                    }
                    return again ? connect(context, properties, false) : context.failedFuture(failure);
                });
    }

    /** Nobody is let in any more, as where the password is another one: those connections that there are go on. */
    private void miss() {
        if (writerFound) {
            writerFound = false;
            look(Promise.promise());
        }
    }

    private record Reached(SqlConnection connection, boolean readOnly) {}

    private Future<Reached> reach(ContextInternal context, int server, Map<String, String> properties) {
        PgConnectOptions options = new PgConnectOptions(servers.get(server));
        properties.forEach(options::addProperty);
        // As of a LentConnection: the driver would write a stack of its own
        return factory.connect((Context) context, options).compose(connection -> connection
                .exceptionHandler(failure -> LOG.debug("A connection failed", failure))
                .query(ConnectionStart.of(options))
                .execute()
                .map(rows -> new Reached(connection, rows.iterator().next().getBoolean(0)))
                .onFailure(failure -> connection.close()));
    }

    /** Asks all servers, unless that is being done; completes with one that takes writes, or with the best there is. */
    private boolean look(Promise<Integer> found) {
        if (!looking.compareAndSet(false, true)) {
            return false;
        }
        List<Future<Boolean>> answers =
                IntStream.range(0, servers.size()).mapToObj(this::isReadOnly).toList();
        Future.any(IntStream.range(0, answers.size())
                        .mapToObj(i -> answers.get(i)
                                .compose(readOnly -> readOnly
                                        ? Future.<Integer>failedFuture("takes no writes")
                                        : Future.succeededFuture(i)))
                        .toList())
                .onComplete(any -> {
                    looking.set(false);
                    if (any.succeeded()) {
                        use(writer(answers), found);
                    } else {
                        wait(answers, found);
                    }
                });
        return true;
    }

    private Future<Boolean> isReadOnly(int server) {
        Promise<Boolean> answer = Promise.promise();
        long timer = vertx.setTimer(timeout, over -> answer.tryFail("no answer"));
        reach(vertx.createEventLoopContext(), server, Map.of("application_name", "roster look"))
                .onSuccess(reached -> reached.connection().close())
                .onComplete(reached -> {
                    vertx.cancelTimer(timer);
                    if (reached.succeeded()) {
                        answer.tryComplete(reached.result().readOnly());
                    } else {
                        answer.tryFail(reached.cause());
                    }
                });
        return answer.future();
    }

    private static int writer(List<Future<Boolean>> answers) {
        return IntStream.range(0, answers.size())
                .filter(i -> answers.get(i).succeeded() && !answers.get(i).result())
                .findFirst()
                .orElseThrow();
    }

    private void use(int server, Promise<Integer> found) {
        boolean changed = !writable || server != last;
        last = server;
        writable = true;
        writerFound = true;
        present = Future.succeededFuture(server);
        found.complete(server);
        if (changed) {
            LOG.infof("The database takes writes at %s", name(server));
            open.retire(open.generation());
        }
    }

    private void wait(List<Future<Boolean>> answers, Promise<Integer> found) {
        writerFound = false;
        last = IntStream.range(0, answers.size())
                .filter(i -> answers.get(i).succeeded())
                .findFirst()
                .orElse(last);
        boolean answered = answers.get(last).succeeded();
        if (writable && answered) {
            LOG.warnf("No server of the database takes writes, reads are answered by %s", name(last));
            writable = false;
        }
        present = Future.succeededFuture(last);
        found.complete(last);
        if (waiting.compareAndSet(false, true)) {
            vertx.setTimer(LOOK_MILLISECONDS, again -> {
                waiting.set(false);
                look(Promise.promise());
            });
        }
    }

    private String name(int server) {
        PgConnectOptions options = servers.get(server);
        return options.getHost() + ":" + options.getPort();
    }
}
