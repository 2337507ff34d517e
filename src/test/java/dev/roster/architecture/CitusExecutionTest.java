package dev.roster.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.platform.database.DatabaseAddress;
import dev.roster.testing.TestDatabase;
import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * A Citus cluster takes each whole statement of the service, and asks one shard at most. Its values are made up: they are of the
 * right types, and more is not needed for a plan.
 */
@Tag("citus")
@EnabledIfEnvironmentVariable(named = TestDatabase.CITUS, matches = ".+")
class CitusExecutionTest {
    private static final String ID = "11111111-2222-3333-4444-555555555555";
    private static final Map<String, String> VALUES = Map.of(
            "uuid",
            ID,
            "timestamp with time zone",
            "2030-01-31T12:00:00Z",
            "boolean",
            "true",
            "text",
            "{}",
            "jsonb",
            "{}");

    // Where a text is not cast to something else, it may be compared with what is
    private static final List<String> TEXTS = List.of("x", "1", "2030-01-31T12:00:00Z");
    private static final List<String> JSON = List.of("{}", "[]");

    private static final Pattern PARAMETER = Pattern.compile("\\$(\\d+)|\\?(\\d+)|(?<![:\\w]):[a-z]\\w*");
    private static final Pattern ORGANIZATION = Pattern.compile(
            "organization_id = (?:CAST\\()?\\$(\\d+)|\\(organization_id,.*?(?:VALUES \\(|SELECT )(?:CAST\\()?\\$(\\d+)");

    private static final Pattern CAST = Pattern.compile("CAST\\(CAST\\(\\$(\\d+) AS text\\) AS (\\w+(?:\\[])?)");

    private static final String SYNTAX = "42";
    private static final String VALUE = "22";
    private static final String CONSTRAINT = "23";

    private final String organization = UUID.randomUUID().toString();

    @Test
    void whenStatementIsExecutedThenOneShardIsAskedAtMost() throws SQLException {
        Map<String, String> found = new TreeMap<>();
        int executed = 0;
        try (Connection connection = connect();
                Statement session = connection.createStatement()) {
            session.execute("INSERT INTO organizations (id, name, display_name, created_at, updated_at, version)"
                    + " VALUES ('%1$s', 't-%1$s', 'Test', now(), now(), 0)".formatted(organization));
            session.execute("SET citus.multi_task_query_log_level TO notice");
            for (Map.Entry<String, String> whole : SqlStatements.whole().entrySet()) {
                String sql = numbered(whole.getValue());
                List<String> types = prepare(connection, sql);
                if (types == null) {
                    continue;
                }
                executed++;
                String said = said(connection, sql, types);
                if (!said.isEmpty()) {
                    found.put(whole.getKey(), said);
                }
                session.execute("DEALLOCATE tried");
            }
        }
        assertEquals(Map.of(), found);
        assertTrue(executed > 350, executed + " statements");
    }

    /** The types of its parameters; null where it is a part of others, which PostgreSQL does not take by itself. */
    private static List<String> prepare(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("PREPARE tried AS " + sql);
            try (ResultSet rows = statement.executeQuery(
                    "SELECT CAST(parameter_types AS text[]) FROM pg_prepared_statements WHERE name = 'tried'")) {
                rows.next();
                Array types = rows.getArray(1);
                return List.of((String[]) types.getArray());
            }
        } catch (SQLException failure) {
            if (failure.getSQLState().startsWith(SYNTAX)) {
                return null;
            }
            throw new SQLException(sql, failure);
        }
    }

    /** What is said against a statement that is prepared; values are tried until some fit. */
    private String said(Connection connection, String sql, List<String> types) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            String said = "";
            for (List<String> values : values(sql, types)) {
                said = attempt(statement, values);
                connection.rollback();
                if (!said.startsWith(VALUE)) {
                    break;
                }
            }
            return said;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    private static String attempt(Statement statement, List<String> values) {
        try {
            statement.clearWarnings();
            statement.execute(
                    values.isEmpty() ? "EXECUTE tried" : "EXECUTE tried ('" + String.join("', '", values) + "')");
            SQLWarning warning = statement.getWarnings();
            return warning == null ? "" : warning.getMessage();
        } catch (SQLException failure) {
            // By then the plan was made, and a shard asked
            return failure.getSQLState().startsWith(CONSTRAINT)
                    ? ""
                    : failure.getSQLState() + " " + failure.getMessage();
        }
    }

    private List<List<String>> values(String sql, List<String> types) {
        Map<Integer, String> casts = CAST.matcher(sql)
                .results()
                .collect(Collectors.toMap(cast -> Integer.valueOf(cast.group(1)), cast -> cast.group(2), (a, b) -> a));
        Matcher named = ORGANIZATION.matcher(sql);
        int first = !named.find() ? 0 : Integer.parseInt(named.group(1) == null ? named.group(2) : named.group(1));
        List<List<String>> all = new ArrayList<>();
        for (String text : TEXTS) {
            for (String json : JSON) {
                List<String> values = new ArrayList<>();
                for (int i = 1; i <= types.size(); i++) {
                    String type = casts.getOrDefault(i, types.get(i - 1));
                    values.add(
                            i == first
                                    ? organization
                                    : type.equals("text") ? text : type.equals("jsonb") ? json : value(type));
                }
                all.add(values);
            }
        }
        return all;
    }

    private static String value(String type) {
        return type.endsWith("[]")
                ? "{\"" + value(type.substring(0, type.length() - 2)) + "\"}"
                : VALUES.getOrDefault(type, "1");
    }

    private static String numbered(String statement) {
        List<String> names = new ArrayList<>();
        return PARAMETER.matcher(statement).replaceAll(parameter -> {
            String number = parameter.group(1) == null ? parameter.group(2) : parameter.group(1);
            if (number == null) {
                if (!names.contains(parameter.group())) {
                    names.add(parameter.group());
                }
                number = String.valueOf(names.indexOf(parameter.group()) + 1);
            }
            return Matcher.quoteReplacement("$" + number);
        });
    }

    private static Connection connect() throws SQLException {
        DatabaseAddress address = TestDatabase.address();
        return DriverManager.getConnection("jdbc:" + address.url(), address.username(), address.password());
    }
}
