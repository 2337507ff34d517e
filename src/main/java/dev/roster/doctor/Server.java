package dev.roster.doctor;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.postgresql.Driver;

/** One server of the database, which is asked and never changed. */
final class Server implements AutoCloseable {
    private static final String SECONDS_TO_CONNECT = "5";
    private static final String SECONDS_TO_ANSWER = "10";

    private final String name;
    private final Connection connection;

    private Server(String name, Connection connection) {
        this.name = name;
        this.connection = connection;
    }

    /** Signs in to the one server of a URL. */
    static Server connect(String url, String username, String password) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", username);
        properties.setProperty("password", password);
        properties.setProperty("connectTimeout", SECONDS_TO_CONNECT);
        properties.setProperty("socketTimeout", SECONDS_TO_ANSWER);
        properties.setProperty("ApplicationName", "roster doctor");
        // Not by the manager of drivers: that of a native executable is filled when Quarkus starts
        Connection connection = new Driver().connect("jdbc:" + url, properties);
        if (connection == null) {
            throw new SQLException("the URL is none of PostgreSQL", "08001");
        }
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
