package dev.roster.architecture;

import java.util.ArrayList;
import java.util.List;
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

    private final List<Query> queries = new ArrayList<>();

    private SqlQueries() {}

    static List<Query> of(String statement) {
        SqlQueries found = new SqlQueries();
        found.read(statement, null);
        return found.queries;
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
