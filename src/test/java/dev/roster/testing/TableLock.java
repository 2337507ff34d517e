package dev.roster.testing;

import dev.roster.platform.database.DatabaseAddress;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** Keeps a table of the database of the test run from everybody else, until it is closed. */
public final class TableLock implements AutoCloseable {
    private final Connection holder;

    /** Waits for the table and locks it. */
    public TableLock(String table) throws SQLException {
        DatabaseAddress address = TestDatabase.address();
        holder = DriverManager.getConnection("jdbc:" + address.url(), address.username(), address.password());
        holder.setAutoCommit(false);
        try (Statement statement = holder.createStatement()) {
            statement.execute("LOCK TABLE " + table);
        }
    }

    @Override
    public void close() throws SQLException {
        holder.close();
    }
}
