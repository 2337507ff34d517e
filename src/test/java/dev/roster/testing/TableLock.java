package dev.roster.testing;

import dev.roster.platform.database.DatabaseAddress;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;

/** Keeps a table, a row, or a lock that has a name alone, of the database of the test run from everybody else, until it is closed. */
public final class TableLock implements AutoCloseable {
    private static final String WAITING = "SELECT count(DISTINCT pid) FROM pg_locks"
            + " WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))";
    private static final String WAITING_ON_ALL_NODES =
            "SELECT count(DISTINCT waiting_gpid) FROM citus_lock_waits" + " WHERE blocking_gpid = citus_backend_gpid()";

    private final Connection holder;

    /** Waits for the table and locks it. */
    public TableLock(String table) throws SQLException {
        this(connect(), "LOCK TABLE " + table);
    }

    /** Waits for a row of an organization and locks it. */
    public static TableLock ofRow(String table, UUID id) throws SQLException {
        Object organization = Database.value("SELECT organization_id FROM " + table + " WHERE id = ?", id);
        return new TableLock(
                connect(),
                "SELECT FROM %s WHERE organization_id = '%s' AND id = '%s' FOR UPDATE"
                        .formatted(table, organization, id));
    }

    /** Takes a row away, but not for others until this is committed. */
    public static TableLock deleting(String table, UUID organization) throws SQLException {
        return new TableLock(connect(), "DELETE FROM " + table + " WHERE organization_id = '" + organization + "'");
    }

    /** Shares a lock of a name, which nobody else can hold then. */
    public static TableLock sharing(String name) throws SQLException {
        return ofName("pg_advisory_xact_lock_shared", name);
    }

    /** Holds a lock of a name. */
    public static TableLock holding(String name) throws SQLException {
        return ofName("pg_advisory_xact_lock", name);
    }

    private static TableLock ofName(String function, String name) throws SQLException {
        return new TableLock(connect(), "SELECT " + function + "(hashtextextended('" + name + "', 0))");
    }

    /** Makes what was done hold for others. */
    public void commit() throws SQLException {
        holder.commit();
    }

    /** How many wait for what is locked. */
    public int waiting() {
        try (Statement statement = holder.createStatement();
                ResultSet found = statement.executeQuery(TestDatabase.isSpread() ? WAITING_ON_ALL_NODES : WAITING)) {
            found.next();
            return found.getInt(1);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
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
        Eventually.holds(() -> waiting() > 0);
    }

    @Override
    public void close() throws SQLException {
        holder.close();
    }
}
