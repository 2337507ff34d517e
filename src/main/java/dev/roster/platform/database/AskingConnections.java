package dev.roster.platform.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.postgresql.Driver;

/** Connections for what is only asked: they end where the database says nothing, as those of long migrations must not. */
public final class AskingConnections {
    private static final String SECONDS_TO_CONNECT = "5";
    private static final String SECONDS_TO_ANSWER = "10";

    private final String url;
    private final Properties properties = new Properties();

    /**
     * Connections to one of the servers of a URL.
     *
     * @param url as JDBC has it
     * @param name by which PostgreSQL lists them ({@code application_name})
     */
    public AskingConnections(String url, String username, String password, String name) {
        this.url = url;
        properties.setProperty("user", username);
        properties.setProperty("password", password);
        properties.setProperty("connectTimeout", SECONDS_TO_CONNECT);
        properties.setProperty("socketTimeout", SECONDS_TO_ANSWER);
        properties.setProperty("ApplicationName", name);
    }

    /** Signs in; each server and each answer has ten seconds at most. */
    public Connection open() throws SQLException {
        // Not by the manager of drivers: that of a native executable is filled when Quarkus starts
        Connection connection = new Driver().connect(url, properties);
        if (connection == null) {
            throw new SQLException("the URL is none of PostgreSQL", "08001");
        }
        return connection;
    }
}
