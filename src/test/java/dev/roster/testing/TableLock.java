package dev.roster.testing;

import dev.roster.platform.database.DatabaseAddress;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;

/** Keeps a table, or a row, of the database of the test run from everybody else, until it is closed. */
public final class TableLock implements AutoCloseable {
    private final Connection holder;

    /** Waits for the table and locks it. */
    public TableLock(String table) throws SQLException {
        this(connect(), "LOCK TABLE " + table);
    }

    /** Waits for a row and locks it. */
    public static TableLock ofRow(String table, UUID id) throws SQLException {
        return new TableLock(connect(), "SELECT FROM " + table + " WHERE id = '" + id + "' FOR UPDATE");
    }

    private TableLock(Connection holder, String lock) throws SQLException {
        this.holder = holder;
        try (Statement statement = holder.createStatement()) {
            statement.execute(lock);
        }
    }

    private static Connection connect() throws SQLException {
        DatabaseAddress address = TestDatabase.address();
        Connection connection =
                DriverManager.getConnection("jdbc:" + address.url(), address.username(), address.password());
        connection.setAutoCommit(false);
        return connection;
    }

    /** Returns as soon as somebody waits for what is locked. */
    public void awaitWaiting() {
        Eventually.holds(this::isWaitedFor);
    }

    private boolean isWaitedFor() {
        String waiting = "SELECT count(*) FROM pg_stat_activity WHERE pg_backend_pid() = ANY (pg_blocking_pids(pid))";
        try (Statement statement = holder.createStatement();
                ResultSet found = statement.executeQuery(waiting)) {
            return found.next() && found.getInt(1) > 0;
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Override
    public void close() throws SQLException {
        holder.close();
    }
}
