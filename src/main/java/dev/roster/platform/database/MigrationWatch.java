package dev.roster.platform.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Gives up a migration whose session is lost without a word: its server says nothing, is another one now, or waits for the next
 * statement of a client that never heard the end of the last. A long migration is silent itself, so another connection asks.
 */
final class MigrationWatch implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(MigrationWatch.class);

    private static final long BETWEEN_LOOKS_MILLISECONDS = 5_000;
    private static final int LOOKS_IN_VAIN = 2;

    // A balancer may send questions to a standby, which does not know
    private static final String GOES_ON = """
            SELECT pg_is_in_recovery() OR EXISTS (
                SELECT FROM pg_stat_activity WHERE application_name = ?
                AND (state NOT LIKE 'idle%' OR state_change > clock_timestamp() - interval '10 seconds'))""";

    // It may hold locks, until the system of its server finds the connection broken after hours
    private static final String END =
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = ?";

    private final AskingConnections asking;
    private final String session;
    private final Runnable giveUp;
    private final CountDownLatch over = new CountDownLatch(1);

    /**
     * Begins a watch over a session that migrates.
     *
     * @param session by which PostgreSQL lists it
     * @param giveUp ends its connection on this side
     */
    MigrationWatch(AskingConnections asking, String session, Runnable giveUp) {
        this.asking = asking;
        this.session = session;
        this.giveUp = giveUp;
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
            int inVain = 0;
            while (!over.await(BETWEEN_LOOKS_MILLISECONDS, TimeUnit.MILLISECONDS)) {
                inVain = goesOn() ? 0 : inVain + 1;
                if (inVain == LOOKS_IN_VAIN && over.getCount() > 0) {
                    end();
                    giveUp.run();
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean goesOn() {
        try {
            return "t".equals(ask(GOES_ON));
        } catch (SQLException failure) {
            // A refusal, of one connection too many for example, is an answer
            return !ServerChange.isLoss(failure);
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
