package dev.roster.user;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The order of a list in SQL. A list by name begins it with a column of which all its accounts have the same word, and asks
 * for that word as for a range: then PostgreSQL has one index to walk, which has no other accounts in it. Asked for as
 * equal, the word is left out of the order, and the index of all names does as well: where most accounts have the word, it is
 * taken, and all others that come first are passed.
 */
final class UserOrder {
    private final UserSort sort;
    private final String lead;
    private final String word;
    private final List<String> columns;

    private UserOrder(UserSort sort, String lead, String word) {
        this.sort = sort;
        this.lead = lead;
        this.word = word;
        if (sort.byName()) {
            columns = lead == null ? List.of("u.username_key") : List.of(lead, "u.username_key");
        } else {
            columns = List.of("u.created_at", "u.id");
        }
    }

    /** Of two words beside the kind the rarer one has the better index, which PostgreSQL knows. */
    static UserOrder of(UserSort sort, UserFilter filter) {
        boolean isByState = filter.status() != null || Boolean.TRUE.equals(filter.active());
        if (!sort.byName() || filter.kind() == null) {
            return new UserOrder(sort, null, null);
        }
        if (filter.role() != null && !isByState) {
            return new UserOrder(sort, "u.role", filter.role().value());
        }
        if (filter.role() == null && isByState) {
            UserStatus status = filter.status() == null ? UserStatus.ACTIVE : filter.status();
            return new UserOrder(sort, "u.status", status.value());
        }
        return new UserOrder(sort, "u.kind", filter.kind().value());
    }

    /** The condition that a column has one of its few words: a literal, since one plan for all is wrong for the rare ones. */
    String has(String column, String one) {
        return column.equals(lead) ? column + " BETWEEN '" + one + "' AND '" + one + "'" : column + " = '" + one + "'";
    }

    /** The condition of rows behind a place, with the placeholders that its values take. */
    String behind(List<String> place) {
        return row(columns) + (sort.isDescending() ? " < " : " > ") + row(led(place));
    }

    /** The condition of rows from a name on, in an ascending list by name. */
    String from(String name) {
        return row(columns) + " >= " + row(led(List.of(name)));
    }

    @Override
    public String toString() {
        String direction = sort.isDescending() ? " DESC" : "";
        return columns.stream().map(column -> column + direction).collect(Collectors.joining(", ", " ORDER BY ", ""));
    }

    private List<String> led(List<String> place) {
        return lead == null ? place : List.of("'" + word + "'", place.get(0));
    }

    private static String row(List<String> values) {
        return values.size() == 1 ? values.get(0) : "(" + String.join(", ", values) + ")";
    }
}
