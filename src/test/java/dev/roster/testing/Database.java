package dev.roster.testing;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Reads and changes rows behind the back of the service under test. */
public final class Database {
    // Connecting costs more than most statements of a fixture
    private static final Queue<Connection> IDLE = new ConcurrentLinkedQueue<>();

    private Database() {}

    /** Runs one statement; returns how many rows it changed. */
    public static int execute(String sql, Object... parameters) {
        return connected(connection -> {
            try (PreparedStatement statement = prepare(connection, sql, parameters)) {
                return statement.executeUpdate();
            }
        });
    }

    /** The first column of the only row. */
    public static Object value(String sql, Object... parameters) {
        return connected(connection -> {
            try (PreparedStatement statement = prepare(connection, sql, parameters);
                    ResultSet rows = statement.executeQuery()) {
                if (!rows.next()) {
                    throw new IllegalStateException("no row: " + sql);
                }
                return rows.getObject(1);
            }
        });
    }

    /**
     * Returns when no other transaction holds these rows: the service's own cleaning may be at them, and a second one passes
     * over what it holds.
     *
     * @param rows the table, WHERE, and a condition
     */
    public static void awaitReleased(String rows, Object... parameters) {
        value("SELECT count(*) FROM (SELECT 1 FROM " + rows + " FOR UPDATE) AS released", parameters);
    }

    /** Ends the connection that revocations are heard on, once there is but one: that of before may not have ended yet. */
    public static void cutListener() {
        Eventually.equal(1L, () -> value("""
                SELECT count(*) FROM (SELECT pid, count(*) OVER () AS listeners FROM pg_stat_activity
                                       WHERE application_name = 'roster revocations' AND datname = current_database()) AS l
                 WHERE listeners = 1 AND pg_terminate_backend(pid)
                """));
    }

    /**
     * What a column says of a moment that is earlier by an interval: in a form that does not depend on the time zone of a
     * session, since Citus takes no other in an UPDATE.
     */
    public static String earlier(String column, String interval) {
        return "(%s AT TIME ZONE 'UTC' - %s) AT TIME ZONE 'UTC'".formatted(column, interval);
    }

    private interface Statements<T> {
        T run(Connection connection) throws SQLException;
    }

    private static <T> T connected(Statements<T> statements) {
        try {
            Connection connection = IDLE.poll();
            if (connection == null || !connection.isValid(1)) {
                connection = connect();
            }
            T result = statements.run(connection);
            IDLE.add(connection); // one that failed is not used again
            return result;
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static PreparedStatement prepare(Connection connection, String sql, Object... parameters)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
        return statement;
    }

    private static Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:" + setting("url"), setting("username"), setting("password"));
    }

    private static String setting(String name) {
        return PostgresResource.setting("roster.db." + name);
    }
}
