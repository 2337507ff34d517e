package dev.roster.platform.persistence;

import java.util.List;

/**
 * A word that all rows of a list have in one column, which leads the order of the list and is asked for as a range. Then
 * PostgreSQL has one index to walk, which has no other rows in it. Asked for as equal, the column is left out of the order, and
 * an index without it does as well: where most rows have the word, that is taken, and all others that come first are passed.
 *
 * @param word of an enum, never of a request: it is written into the statement
 */
public record LeadingWord(String column, String word) {

    /** The condition of all rows of the list. */
    public String all() {
        return column + " BETWEEN " + literal() + " AND " + literal();
    }

    /**
     * The condition of rows on one side of a place. It names one end of the range: the comparison says the other, and PostgreSQL 18
     * would begin there, and not at the place.
     *
     * @param operator {@code <}, {@code >} or {@code >=}
     * @param columns the others of the order
     * @param place an SQL expression for each of these
     */
    public String at(String operator, List<String> columns, List<String> place) {
        return "(%s, %s) %s (%s, %s) AND %s %s %s"
                .formatted(
                        column,
                        String.join(", ", columns),
                        operator,
                        literal(),
                        String.join(", ", place),
                        column,
                        operator.startsWith(">") ? "<=" : ">=",
                        literal());
    }

    private String literal() {
        return "'" + word + "'";
    }
}
