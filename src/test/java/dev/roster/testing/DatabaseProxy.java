package dev.roster.testing;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/** Stands between the service and its database and can take the database away. */
public final class DatabaseProxy implements AutoCloseable {
    // Answers of a database (PostgreSQL, "Message Formats"), the first two to a wish for TLS
    private static final char TLS = 'S';
    private static final char NO_TLS = 'N';
    private static final char NOTIFICATION = 'A';
    private static final char COMPLETE = 'C';
    private static final char SIGN_IN = 'R';
    private static final char ERROR = 'E';
    private static final String WRONG_PASSWORD = "SFATAL\0C28P01\0Mpassword authentication failed\0\0";

    // The system takes its time to give a port free
    private static final long RELEASED_NANOSECONDS = 10_000_000_000L;
    private static final long BETWEEN_NANOSECONDS = 20_000_000L;

    private static final int NEVER = Integer.MIN_VALUE;

    private final InetSocketAddress database;
    private final int port;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final Set<Socket> forgotten = ConcurrentHashMap.newKeySet();
    private volatile boolean silent;
    private volatile boolean deaf;
    private volatile boolean muffled;
    private volatile boolean locked;
    private final AtomicInteger commits = new AtomicInteger(NEVER);
    private final Set<Socket> last = ConcurrentHashMap.newKeySet();
    private volatile byte[] lastWords;
    private volatile byte[] firstWords;
    private volatile String counted;
    private final AtomicLong count = new AtomicLong();
    private final AtomicReference<Runnable> meanwhile = new AtomicReference<>();
    private ServerSocket listener;

    /** A proxy that lets everything through. */
    public DatabaseProxy(String host, int databasePort) {
        database = new InetSocketAddress(host, databasePort);
        port = listen(0);
    }

    public int port() {
        return port;
    }

    /** As a database that is shut down: its connections end, new ones are refused. */
    public void refuse() {
        close();
    }

    /** As a database whose machine is gone: connections stay, and nothing comes back. */
    public void fallSilent() {
        silent = true;
    }

    /** As a database whose processes hang: it does not even hear that a client closes its connection. */
    public void hang() {
        silent = true;
        deaf = true;
    }

    /** As a network that has lost its memory: what is open stays so, with nothing passed on, and others are let in. */
    public void forget() {
        forgotten.addAll(connections);
    }

    /** As a network that fails when a transaction is committed, and before that is heard: the n-th from now. */
    public void loseCommit(int nth) {
        commits.set(nth);
    }

    /** Whether that has happened. */
    public boolean hasLostCommit() {
        return commits.get() == 0;
    }

    /**
     * As a database that is gone as soon as one transaction is committed, and that is heard: the first on a connection that
     * names a word from now on.
     */
    public void refuseAfterCommitOf(String word) {
        lastWords = word.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Lets something happen between two statements of a transaction: behind the first that names a word, before the one that
     * follows it on its connection is passed on.
     */
    public void betweenStatements(String word, Runnable step) {
        meanwhile.set(step);
        firstWords = word.getBytes(StandardCharsets.UTF_8);
    }

    /** How many statements name an organization while something is done: those that the service sends for itself name none. */
    public long statementsOf(UUID organization, Runnable work) {
        byte[] id = ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(organization.getMostSignificantBits())
                .putLong(organization.getLeastSignificantBits())
                .array();
        count.set(0);
        counted = new String(id, StandardCharsets.ISO_8859_1);
        work.run();
        counted = null;
        return count.get();
    }

    /** Whether that has happened. */
    public boolean hasRefused() {
        return listener.isClosed();
    }

    /** As a pooler that lends connections out: questions are answered, nothing is announced. */
    public void muffle() {
        muffled = true;
    }

    /** As a database whose role has another password now: who is in stays so, and nobody else is let in. */
    public void lock() {
        locked = true;
    }

    /** As a database that is back. */
    public void restore() {
        close(); // what fell silent has lost bytes on its way
        lastWords = null;
        firstWords = null;
        last.clear();
        silent = false;
        deaf = false;
        muffled = false;
        locked = false;
        listen(port);
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Socket connection : connections) {
                connection.close();
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private int listen(int wanted) {
        try {
            ServerSocket opened = bind(wanted);
            listener = opened;
            start(() -> accept(opened));
            return opened.getLocalPort();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static ServerSocket bind(int wanted) throws IOException {
        long end = System.nanoTime() + RELEASED_NANOSECONDS;
        while (true) {
            ServerSocket opened = new ServerSocket();
            try {
                opened.setReuseAddress(true);
                opened.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted));
                return opened;
            } catch (BindException taken) {
                opened.close();
                if (System.nanoTime() > end) {
                    throw taken;
                }
                LockSupport.parkNanos(BETWEEN_NANOSECONDS);
            }
        }
    }

    private void accept(ServerSocket opened) {
        try {
            while (true) {
                connect(opened, opened.accept());
            }
        } catch (IOException closed) {
            // the listener was closed: nobody is let in any more
        }
    }

    private void connect(ServerSocket opened, Socket client) {
        Socket server = new Socket();
        try {
            server.connect(database);
            connections.add(client);
            connections.add(server);
            if (opened.isClosed()) {
                client.close();
                server.close();
            }
        } catch (IOException refused) {
            // the database does not let this one in; it may the next
            end(client, server);
            return;
        }
        start(() -> pump(client, server));
        start(() -> pumpMessages(server, client));
    }

    private void pump(Socket from, Socket to) {
        byte[] buffer = new byte[16 * 1024];
        String end = "";
        boolean named = false;
        try {
            int length = from.getInputStream().read(buffer);
            while (length >= 0) {
                if (named) {
                    takeMeanwhile().run();
                }
                end = count(end + new String(buffer, 0, length, StandardCharsets.ISO_8859_1));
                named = firstWords != null && names(buffer, length, firstWords);
                if (lastWords != null && names(buffer, length, lastWords)) {
                    last.add(to);
                }
                if (!silent && !forgotten.contains(from)) {
                    to.getOutputStream().write(buffer, 0, length);
                }
                length = from.getInputStream().read(buffer);
            }
        } catch (IOException closed) {
            // one side is gone, and the other goes with it
        }
        if (!deaf) {
            end(from, to);
        }
    }

    /** Counts in what was sent; returns the end of it, with which something may begin that is counted. */
    private String count(String sent) {
        String wanted = counted;
        if (wanted == null) {
            return "";
        }
        int from = 0;
        for (int at = sent.indexOf(wanted); at >= 0; at = sent.indexOf(wanted, from)) {
            count.incrementAndGet();
            from = at + wanted.length();
        }
        return sent.substring(Math.max(from, sent.length() - wanted.length() + 1));
    }

    private Runnable takeMeanwhile() {
        Runnable step = meanwhile.getAndSet(null);
        return step == null ? () -> {} : step;
    }

    private void end(Socket... sides) {
        for (Socket side : sides) {
            connections.remove(side);
            forgotten.remove(side);
            try {
                side.close();
            } catch (IOException gone) {
                // so it is closed
            }
        }
    }

    /** The way back, message by message: a byte for its type, its length, and the rest. */
    private void pumpMessages(Socket from, Socket to) {
        try (from;
                to;
                DataInputStream in = new DataInputStream(new BufferedInputStream(from.getInputStream()));
                DataOutputStream out = new DataOutputStream(new BufferedOutputStream(to.getOutputStream()))) {
            int type = in.read();
            if (type == TLS || type == NO_TLS) {
                out.write(type);
                out.flush();
                if (type == TLS) {
                    pump(from, to);
                    return;
                }
                type = in.read();
            }
            while (type >= 0) {
                int length = in.readInt();
                byte[] rest = in.readNBytes(length - Integer.BYTES);
                if (locked && type == SIGN_IN) {
                    write(out, ERROR, WRONG_PASSWORD.getBytes(StandardCharsets.US_ASCII));
                    return;
                }
                boolean committed = type == COMPLETE && isCommit(rest);
                if (committed && isLost()) {
                    return;
                }
                if (committed && last.contains(from)) {
                    endAllBut(from, to);
                    write(out, type, rest);
                    write(out, in.read(), in.readNBytes(in.readInt() - Integer.BYTES)); // ready for what does not come
                    return;
                }
                if (!silent && !forgotten.contains(from) && !(muffled && type == NOTIFICATION)) {
                    write(out, type, rest);
                }
                if (in.available() == 0) {
                    out.flush();
                }
                type = in.read();
            }
        } catch (IOException closed) {
            // one side is gone, and the other goes with it
        } finally {
            connections.remove(from);
            connections.remove(to);
        }
    }

    private void endAllBut(Socket server, Socket client) throws IOException {
        listener.close();
        connections.stream().filter(other -> other != server && other != client).forEach(other -> end(other));
    }

    private static void write(DataOutputStream out, int type, byte[] rest) throws IOException {
        out.write(type);
        out.writeInt(rest.length + Integer.BYTES);
        out.write(rest);
    }

    private static boolean names(byte[] buffer, int length, byte[] word) {
        return new String(buffer, 0, length, StandardCharsets.ISO_8859_1)
                .contains(new String(word, StandardCharsets.ISO_8859_1));
    }

    private static boolean isCommit(byte[] completed) {
        return new String(completed, StandardCharsets.US_ASCII).startsWith("COMMIT");
    }

    private boolean isLost() {
        return commits.get() > 0 && commits.decrementAndGet() == 0;
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "database-proxy");
        thread.setDaemon(true);
        thread.start();
    }
}
