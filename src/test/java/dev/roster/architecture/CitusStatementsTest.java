package dev.roster.architecture;

import static dev.roster.architecture.CitusTables.DISTRIBUTED;
import static dev.roster.architecture.CitusTables.REFERENCE;
import static dev.roster.architecture.SqlStatements.assertNone;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.architecture.SqlQueries.Query;
import dev.roster.testing.Beside;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * No statement of the service is of a kind that Citus refuses, and none goes to all shards where one has the rows: each
 * query names the organization itself, because only a value tells the planner the shard.
 */
@Beside
class CitusStatementsTest {
    private static final String VALUE = "(?:CAST\\()?(?:\\$\\d+|\\?\\d+|:\\w+)";
    private static final Pattern TABLE = Pattern.compile(
            "\\b(FROM|JOIN|UPDATE|INSERT INTO|USING|,)\\s+(\\w+)(?:\\s+AS)?(?:\\s+(?!(?:SET|WHERE|ON|JOIN|LEFT|CROSS|ORDER|GROUP"
                    + "|LIMIT|FOR|AS|VALUES|SELECT|USING|RETURNING|HAVING|OFFSET|UNION)\\b)(\\w+))?");
    private static final Pattern ORGANIZATION =
            Pattern.compile("(?:(\\w+)\\.)?organization_id = (?:(" + VALUE + ")|(\\w+)\\.(?:organization_id|id)\\b)");
    // Its organization is a value too, or comes with the rows of an earlier part
    private static final Pattern UPSERTED =
            Pattern.compile("INSERT INTO (\\w+)(?: AS \\w+)? \\(organization_id,.*?(?:VALUES \\(|SELECT )" + VALUE);
    private static final Pattern UPSERT = Pattern.compile("INSERT INTO (\\w+).*? DO UPDATE SET (.*?)(?= RETURNING |$)");
    private static final Pattern INSERTED = Pattern.compile("INSERT INTO (\\w+)[^()]*\\([^()]*\\) SELECT\\b");
    private static final Pattern CHANGE =
            Pattern.compile("\\bUPDATE (\\w+)(?: \\w+)? SET (.*?)(?= FROM | WHERE | RETURNING |$)");
    private static final Pattern CALL = Pattern.compile("\\b([a-z_]+)\\(");

    // Immutable, whatever they are given
    private static final Set<String> IMMUTABLE = Set.of("greatest", "least", "coalesce", "octet_length", "position");

    @Test
    void thereAreStatements() {
        assertTrue(
                SqlStatements.whole().size() > 120,
                SqlStatements.whole().keySet().toString());
        assertTrue(DISTRIBUTED.size() > 20 && REFERENCE.size() == 2);
    }

    @Test
    void whenQueryOfDistributedTablesThenEachIsOfTheOrganizationThatAValueNames() {
        assertNone(statement -> SqlQueries.of(statement).stream()
                .flatMap(query -> unbound(query).stream())
                .collect(Collectors.joining("; ")));
    }

    @Test
    void whenTextIsAConditionThenItNamesTheOrganization() {
        Map<String, String> found = new TreeMap<>();
        SqlStatements.quoted().forEach((place, text) -> {
            String condition = SqlStatements.oneLine(text);
            if (condition.startsWith("WHERE ")
                    && !condition.matches(".*\\b(?:\\w+\\.)?organization_id = " + VALUE + ".*")
                    && !condition.contains(" ORDER BY ")
                    && !condition.contains("user_id IS NULL")
                    && !condition.equals("WHERE %s")) {
                found.put(place, condition);
            }
            if (condition.matches(".*\\b(?:from|update|delete) [A-Z]\\w+.*|.*\\bwhere .*")
                    && condition.matches(".*\\((?:select|from)\\b.*organizationId = \\w+\\..*")) {
                found.put(place, condition);
            }
        });
        assertEquals(Map.of(), found);
    }

    @Test
    void whenUpsertThenItsFunctionsAreImmutable() {
        assertNone(statement -> UPSERT.matcher(statement)
                .results()
                .filter(upsert -> isOfCitus(upsert.group(1)))
                .map(upsert -> mutable(upsert.group(2)))
                .collect(Collectors.joining()));
    }

    /** What a query finds is copied to the shard otherwise, and whatever is refused there is an internal error. */
    @Test
    void whenRowsOfAQueryAreInsertedThenByAStatement() {
        assertNone(statement -> SqlQueries.of(statement).stream()
                .map(Query::text)
                .filter(text -> INSERTED.matcher(text)
                        .results()
                        .anyMatch(inserted ->
                                isOfCitus(inserted.group(1)) && !text.matches(".*\\b(?:RETURNING|ON CONFLICT)\\b.*")))
                .collect(Collectors.joining("; ")));
    }

    @Test
    void whenRowsAreChangedThenNoColumnIsMovedByAnIntervalOfTheSession() {
        assertNone(statement -> SqlQueries.of(statement).stream()
                .map(query -> CHANGE.matcher(query.text()))
                .filter(change -> change.find() && isOfCitus(change.group(1)))
                .map(change -> mutable(change.group(2)))
                .collect(Collectors.joining()));
    }

    @Test
    void whenReferenceTableIsChangedThenNoDistributedOneIsRead() {
        Pattern change =
                Pattern.compile("\\b(?:INSERT INTO|UPDATE|DELETE FROM) (?:" + String.join("|", REFERENCE) + ")\\b");
        assertNone(statement ->
                change.matcher(statement).find() && !distributed(statement).isEmpty()
                        ? "reads distributed tables"
                        : "");
    }

    @Test
    void whenRowsAreLockedThenNotOfReferenceTables() {
        assertNone(statement -> SqlQueries.of(statement).stream()
                .filter(query -> query.text().matches(".*\\bFOR (?:SHARE|UPDATE|NO KEY UPDATE|KEY SHARE)\\b(?! OF).*"))
                .filter(query -> aliases(query).values().stream().anyMatch(REFERENCE::contains))
                .map(Query::text)
                .collect(Collectors.joining()));
    }

    @Test
    void whenLimitedThenThereIsAColumn() {
        assertNone(statement -> SqlQueries.of(statement).stream()
                .map(Query::text)
                .filter(text -> text.matches(".*\\bSELECT\\s+FROM\\b.*\\bLIMIT\\b.*"))
                .collect(Collectors.joining()));
    }

    @Test
    void whenPartsOfStatementsThatDoMoreAreReadThenNoDistributedTableIsCorrelatedWithThem() {
        assertNone(statement -> SqlQueries.of(statement).stream()
                .filter(query ->
                        query.outer() != null && !distributed(query.text()).isEmpty())
                .filter(query -> distributed(query.outer().text()).isEmpty())
                .filter(query -> aliases(query.outer()).keySet().stream()
                        .filter(alias -> !aliases(query).containsKey(alias))
                        .anyMatch(alias -> query.text().matches(".*[^\\w.]" + alias + "\\.\\w+.*")))
                // What is pruned to one shard as a whole stays whole
                .filter(query -> statement.matches(".*\\b(?:UPDATE|DELETE FROM|INSERT INTO)\\b.*") && isOfStep(query))
                .map(Query::text)
                .collect(Collectors.joining()));
    }

    @Test
    void whenRowsAreCleanedThenDistributedOnesByOrganization() {
        Pattern past = Pattern.compile("new Past(OfOrganizations)?\\(\\s*\"(\\w+)\"");
        Map<String, Boolean> cleaned = new TreeMap<>();
        SqlStatements.sources().forEach(source -> past.matcher(source)
                .results()
                .forEach(found -> cleaned.put(found.group(2), found.group(1) != null)));
        assertTrue(cleaned.size() > 10, cleaned.toString());
        cleaned.forEach((table, byOrganization) -> assertEquals(DISTRIBUTED.contains(table), byOrganization, table));
    }

    /** The distributed tables of a query whose organization no value names. */
    private static Set<String> unbound(Query query) {
        Map<String, String> tables = new HashMap<>(aliases(query));
        tables.values().removeIf(table -> !DISTRIBUTED.contains(table));
        String text = query.text();
        UPSERTED.matcher(text).results().forEach(inserted -> tables.values().remove(inserted.group(1)));
        Set<String> bound = new TreeSet<>();
        int before;
        do {
            before = bound.size();
            for (MatchResult condition : ORGANIZATION.matcher(text).results().toList()) {
                String alias = condition.group(1);
                boolean value = condition.group(2) != null;
                if (alias == null && value) {
                    bound.addAll(tables.keySet());
                } else if (alias != null && (value || bound.contains(condition.group(3)))) {
                    bound.add(alias);
                } else if (alias != null && bound.contains(alias)) {
                    bound.add(condition.group(3));
                }
            }
        } while (bound.size() > before);
        Set<String> unbound = new TreeSet<>(tables.keySet());
        unbound.removeAll(bound);
        return unbound;
    }

    /** What is called by a name of its own, or by none, in a query: alias to table. */
    private static Map<String, String> aliases(Query query) {
        Map<String, String> aliases = new HashMap<>();
        TABLE.matcher(query.text())
                .results()
                .forEach(
                        table -> aliases.put(table.group(3) == null ? table.group(2) : table.group(3), table.group(2)));
        return aliases;
    }

    private static Set<String> distributed(String text) {
        return aliases(new Query(text, null)).values().stream()
                .filter(DISTRIBUTED::contains)
                .collect(Collectors.toSet());
    }

    /** Whether what it stands in reads what an earlier part of the statement has done. */
    private static boolean isOfStep(Query query) {
        return aliases(query.outer()).values().stream()
                .noneMatch(table -> DISTRIBUTED.contains(table) || table.startsWith("jsonb_"));
    }

    private static String mutable(String assignments) {
        Set<String> called = CALL.matcher(assignments)
                .results()
                .map(call -> call.group(1))
                .filter(function -> !IMMUTABLE.contains(function))
                .collect(Collectors.toCollection(TreeSet::new));
        boolean reads = assignments.contains("SELECT");
        boolean zoned = assignments.matches(".*[+-] (?:CAST\\([^)]*\\) \\* )?interval.*")
                && !assignments.contains("AT TIME ZONE 'UTC'");
        return called.isEmpty() && !reads && !zoned ? "" : assignments;
    }

    private static boolean isOfCitus(String table) {
        return DISTRIBUTED.contains(table) || REFERENCE.contains(table) || table.equals("rate_limits");
    }
}
