package dev.roster.platform.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.flywaydb.core.Flyway;

/** What a start that migrates leaves behind in the database, and whether it is there: tables, and rows that features expect. */
final class Preparation {
    private final Flyway flyway;
    private final AskingConnections asking;
    private final Replay replay = new Replay();
    private final List<Expected> expected = new CopyOnWriteArrayList<>();

    Preparation(Flyway flyway, AskingConnections asking) {
        this.flyway = flyway;
        this.asking = asking;
    }

    private record Expected(String query, List<String> values) {}

    /** Expects a row too, which a query finds. */
    void expect(String query, String... values) {
        expected.add(new Expected(query, List.of(values)));
    }

    /**
     * Whether the server takes writes; fails where the start needs one that does.
     *
     * @throws org.flywaydb.core.api.FlywayException if Flyway's own connection fails
     */
    boolean takesWrites() throws SQLException {
        try (Connection connection = asking.open()) {
            if (!isReadOnly(connection)) {
                return true;
            }
            if (isComplete(connection)) {
                return false;
            }
        }
        throw new SQLException("no server takes writes, and there is something to bring up to date", "25006");
    }

    private static boolean isReadOnly(Connection connection) throws SQLException {
        try (PreparedStatement question = connection.prepareStatement(ServerChange.IS_READ_ONLY);
                ResultSet answer = question.executeQuery()) {
            return !answer.next() || answer.getBoolean(1);
        }
    }

    /** Whether all of that is there. */
    boolean isComplete() throws SQLException {
        try (Connection connection = asking.open()) {
            return isComplete(connection);
        }
    }

    private boolean isComplete(Connection connection) throws SQLException {
        // What has been revoked is read at the start: nobody may be let in again by a standby that has yet to learn it.
        // First, also since Flyway would wait without an end for a database that says nothing
        if (!replay.isDone(connection)) {
            throw new SQLException("the standby has not replayed all that it has received", "57P03");
        }
        if (flyway.info().pending().length > 0) {
            return false;
        }
        for (Expected row : expected) {
            if (!isThere(connection, row)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isThere(Connection connection, Expected row) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(row.query())) {
            for (int i = 0; i < row.values().size(); i++) {
                statement.setString(i + 1, row.values().get(i));
            }
            try (ResultSet found = statement.executeQuery()) {
                return found.next();
            }
        }
    }
}
