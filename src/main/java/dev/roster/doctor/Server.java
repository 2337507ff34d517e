package dev.roster.doctor;

import dev.roster.platform.database.AskingConnections;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** One server of the database, which is asked and never changed. */
final class Server implements AutoCloseable {
    private final String name;
    private final Connection connection;

    private Server(String name, Connection connection) {
        this.name = name;
        this.connection = connection;
    }

    /** Signs in to the one server of a URL. */
    static Server connect(String url, String username, String password) throws SQLException {
        Connection connection = new AskingConnections("jdbc:" + url, username, password, "roster doctor").open();
        Server server = new Server(name(url), connection);
        try {
            connection.setReadOnly(true);
            return server;
        } catch (SQLException failure) {
            server.close();
            throw failure;
        }
    }

    /** Host and port. */
    static String name(String url) {
        return url.replaceFirst("^[^/]*//", "").replaceFirst("[/?].*", "");
    }

    String name() {
        return name;
    }

    /** The rows of a query, each value as text, null where there is none. */
    List<List<String>> rows(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            List<List<String>> rows = new ArrayList<>();
            int width = found.getMetaData().getColumnCount();
            while (found.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= width; i++) {
                    row.add(found.getString(i));
                }
                rows.add(row);
            }
            return rows;
        }
    }

    /** The first column of all rows. */
    List<String> column(String sql) throws SQLException {
        return rows(sql).stream().map(row -> row.get(0)).toList();
    }

    /** The only value of a query. */
    String value(String sql) throws SQLException {
        return rows(sql).get(0).get(0);
    }

    long number(String sql) throws SQLException {
        return Long.parseLong(value(sql));
    }

    boolean is(String sql) throws SQLException {
        return "t".equals(value(sql));
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException goneAnyway) {
            // the end of the process closes it
        }
    }
}
