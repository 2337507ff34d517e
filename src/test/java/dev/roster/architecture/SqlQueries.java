package dev.roster.architecture;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The queries of a statement, each without those in its brackets. */
final class SqlQueries {
    private static final Pattern BEGIN = Pattern.compile("\\s*(?:SELECT|WITH|INSERT INTO|UPDATE|DELETE FROM)\\b.*");

    /**
     * One query.
     *
     * @param text without the queries in its brackets
     * @param outer the query in whose brackets it stands; null where there is none
     */
    record Query(String text, Query outer) {}

    /**
     * One of the queries of a {@code WITH} clause, or what stands behind it.
     *
     * @param name empty where it is the last
     * @param isKept whether its result is made once, where it stands
     */
    record Step(String name, String text, boolean isKept) {}

    private static final Pattern CLAUSE = Pattern.compile("(?:/\\*.*?\\*/ )?WITH ");
    private static final Pattern STEP = Pattern.compile("(\\w+) AS (MATERIALIZED )?\\(");
    private static final Pattern NEXT = Pattern.compile(" ?, ?");

    private final List<Query> queries = new ArrayList<>();

    private SqlQueries() {}

    static List<Query> of(String statement) {
        SqlQueries found = new SqlQueries();
        found.read(statement, null);
        return found.queries;
    }

    /** The steps of a statement that begins with {@code WITH}; empty where it does not. */
    static List<Step> steps(String statement) {
        List<Step> steps = new ArrayList<>();
        Matcher clause = CLAUSE.matcher(statement);
        if (!clause.lookingAt()) {
            return steps;
        }
        int at = clause.end();
        Matcher step = STEP.matcher(statement);
        Matcher next = NEXT.matcher(statement);
        while (step.region(at, statement.length()).lookingAt()) {
            int end = end(statement, step.end() - 1);
            String text = statement.substring(step.end(), end).strip();
            boolean isLocked = text.matches(".*\\bFOR (?:NO KEY |KEY )?(?:UPDATE|SHARE)\\b.*");
            steps.add(new Step(step.group(1), text, step.group(2) != null || isLocked));
            at = end + 1;
            if (!next.region(at, statement.length()).lookingAt()) {
                break;
            }
            at = next.end();
        }
        steps.add(new Step("", statement.substring(at).strip(), false));
        return steps;
    }

    private void read(String text, Query outer) {
        // Those in brackets come later, so that they know which one they stand in
        StringBuilder own = new StringBuilder();
        List<String> inner = new ArrayList<>();
        for (int i = 0; i < text.length(); i++) {
            own.append(text.charAt(i));
            if (text.charAt(i) == '(') {
                int end = end(text, i);
                String within = text.substring(i + 1, end);
                if (BEGIN.matcher(within).matches()) {
                    inner.add(within);
                    i = end - 1;
                }
            }
        }
        Query last = outer;
        for (String part : own.toString().split("\\bUNION(?: ALL)?\\b", -1)) {
            last = new Query(part, outer);
            queries.add(last);
        }
        for (String within : inner) {
            read(within, last);
        }
    }

    private static int end(String text, int open) {
        int depth = 0;
        boolean quoted = false;
        for (int i = open; i < text.length(); i++) {
            char c = text.charAt(i);
            quoted ^= c == '\'';
            depth += quoted ? 0 : c == '(' ? 1 : c == ')' ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        throw new IllegalArgumentException("brackets: " + text);
    }
}
