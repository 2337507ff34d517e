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
    // The second who wants a row waits for the first
    private static final String WAITING = """
            WITH RECURSIVE waiting (pid) AS (
              SELECT pg_backend_pid()
               UNION
              SELECT l.pid FROM waiting w JOIN pg_locks l ON NOT l.granted AND w.pid = ANY (pg_blocking_pids(l.pid)))
            SELECT count(*) - 1 FROM waiting
            """;
    private static final String WAITING_ON_ALL_NODES = """
            WITH RECURSIVE waiting (gpid) AS (
              SELECT citus_backend_gpid()
               UNION
              SELECT l.waiting_gpid FROM waiting w JOIN citus_lock_waits l ON l.blocking_gpid = w.gpid)
            SELECT count(*) - 1 FROM waiting
            """;

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

    /** Waits for all rows of an organization and locks them. */
    public static TableLock ofRows(String table, UUID organization) throws SQLException {
        return new TableLock(
                connect(), "SELECT FROM " + table + " WHERE organization_id = '" + organization + "' FOR UPDATE");
    }

    /** Waits for an organization itself and locks it. */
    public static TableLock ofOrganization(UUID id) throws SQLException {
        return new TableLock(connect(), "SELECT FROM organizations WHERE id = '" + id + "' FOR UPDATE");
    }

    /** Takes a row away, but not for others until this is committed. */
    public static TableLock deleting(String table, UUID organization) throws SQLException {
        return new TableLock(connect(), "DELETE FROM " + table + " WHERE organization_id = '" + organization + "'");
    }

    /** Gives an account another username, which nobody else can have until this ends. */
    public static TableLock renaming(UUID user, String username) throws SQLException {
        return new TableLock(
                connect(),
                "UPDATE users SET username = '%1$s', username_key = '%1$s' WHERE organization_id = '%2$s' AND id = '%3$s'"
                        .formatted(
                                username,
                                Database.value("SELECT organization_id FROM users WHERE id = ?", user),
                                user));
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

    /** Does more in the same transaction, and fails where it would have to wait. */
    public void executeAtOnce(String sql) throws SQLException {
        try (Statement statement = holder.createStatement()) {
            statement.execute("SET LOCAL lock_timeout = '500ms'");
            statement.execute(sql);
        }
    }

    /** Makes what was done hold for others. */
    public void commit() throws SQLException {
        holder.commit();
    }

    /** How many wait for what is locked, or for another who does. */
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
        awaitWaiting(1);
    }

    /** Returns as soon as so many wait for what is locked. */
    public void awaitWaiting(int number) {
        Eventually.holds(() -> waiting() >= number);
    }

    @Override
    public void close() throws SQLException {
        holder.close();
    }
}
