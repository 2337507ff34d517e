package dev.roster.platform.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Gives up a migration whose session is lost without a word: it is gone, or waits for the next statement of a client that never
 * heard the end of the last; or nothing has been heard of its server for long. A long migration is silent itself, so another
 * connection asks.
 */
final class MigrationWatch implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(MigrationWatch.class);

    private static final long BETWEEN_LOOKS_MILLISECONDS = 5_000;

    // The session may have come, or gone on, between two of them
    private static final int LOOKS_IN_VAIN = 2;

    // A name that is not found is not looked up for ten seconds, and a busy server may let in nobody for a while
    private static final Duration LEAST_PATIENCE = Duration.ofSeconds(30);

    // A balancer may send questions to a standby, which does not know. Whoever acts as another role is told of the
    // session, and not what it does
    private static final String GOES_ON = """
            SELECT pg_is_in_recovery() OR EXISTS (
                SELECT FROM pg_stat_activity WHERE application_name = ?
                AND (state IS NULL OR state NOT LIKE 'idle%'
                     OR state_change > clock_timestamp() - interval '10 seconds'))""";

    // It may hold locks, until the system of its server finds the connection broken after hours
    private static final String END =
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = ?";

    private final AskingConnections asking;
    private final String session;
    private final long patience;
    private final Runnable giveUp;
    private final CountDownLatch over = new CountDownLatch(1);

    /**
     * A watch over a session that migrates.
     *
     * @param session by which PostgreSQL lists it
     * @param patience with a server that nothing is heard of
     * @param giveUp ends its connection on this side
     */
    MigrationWatch(AskingConnections asking, String session, Duration patience, Runnable giveUp) {
        this.asking = asking;
        this.session = session;
        this.patience = Math.max(patience.toNanos(), LEAST_PATIENCE.toNanos());
        this.giveUp = giveUp;
    }

    /** Begins, when what a session of before may have left there is ended. */
    void start() {
        end();
        Thread thread = new Thread(this::watch, "migration-watch");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        over.countDown();
    }

    private void watch() {
        try {
            long heard = System.nanoTime();
            int inVain = 0;
            while (!over.await(BETWEEN_LOOKS_MILLISECONDS, TimeUnit.MILLISECONDS)) {
                Optional<Boolean> goesOn = look();
                if (goesOn.isPresent()) {
                    heard = System.nanoTime();
                    inVain = goesOn.get() ? 0 : inVain + 1;
                }
                if ((inVain >= LOOKS_IN_VAIN || System.nanoTime() - heard >= patience) && over.getCount() > 0) {
                    end();
                    giveUp.run();
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether the session goes on; empty where no server answers. */
    private Optional<Boolean> look() {
        try {
            return Optional.of("t".equals(ask(GOES_ON)));
        } catch (SQLException failure) {
            // A refusal, of one connection too many for example, is an answer
            return ServerChange.isLoss(failure) ? Optional.empty() : Optional.of(true);
        }
    }

    private void end() {
        try {
            ask(END);
        } catch (SQLException failure) {
            LOG.debug("The session that was given up may go on", failure);
        }
    }

    private String ask(String question) throws SQLException {
        try (Connection connection = asking.open();
                PreparedStatement statement = connection.prepareStatement(question)) {
            statement.setString(1, session);
            try (ResultSet answer = statement.executeQuery()) {
                answer.next();
                return answer.getString(1);
            }
        }
    }
}
