package dev.roster.user;

import dev.roster.platform.persistence.LeadingWord;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The order of a list in SQL, and where in it a part begins. A list by name is led by its kind, or by the one role or status that
 * is asked for; of both, PostgreSQL knows which is the rarer.
 */
final class UserOrder {
    // Behind all names, which have a hundred characters at most: compared with nothing, the whole list would be walked
    private static final String END = "repeat(chr(1114111), 101)";

    private final UserSort sort;
    private final LeadingWord lead;
    private final List<String> columns;

    private UserOrder(UserSort sort, LeadingWord lead) {
        this.sort = sort;
        this.lead = lead;
        columns = sort.byName() ? List.of("u.username_key") : List.of("u.created_at", "u.id");
    }

    static UserOrder of(UserSort sort, UserFilter filter) {
        return new UserOrder(sort, sort.byName() ? lead(filter) : null);
    }

    private static LeadingWord lead(UserFilter filter) {
        UserStatus status = filter.oneStatus();
        if (filter.kind() == null || (filter.role() != null && status != null)) {
            return null;
        }
        if (filter.role() != null) {
            return new LeadingWord("u.role", filter.role().value());
        }
        return status != null
                ? new LeadingWord("u.status", status.value())
                : new LeadingWord("u.kind", filter.kind().value());
    }

    boolean isLedBy(String column) {
        return lead != null && lead.column().equals(column);
    }

    /** The condition of all accounts that the leading word is of. */
    String all() {
        return lead == null ? "" : " AND " + lead.all();
    }

    /** The same of those behind a place, an SQL expression for each column of the order. */
    String behind(List<String> place) {
        return at(sort.isDescending() ? "<" : ">", place);
    }

    /** The same of those from a name on, an SQL expression that may be null, in an ascending list by name. */
    String from(String name) {
        return at(">=", List.of("coalesce(" + name + ", " + END + ")"));
    }

    String orderBy() {
        String direction = sort.isDescending() ? " DESC" : "";
        return Stream.concat(Stream.ofNullable(lead).map(LeadingWord::column), columns.stream())
                .map(column -> column + direction)
                .collect(Collectors.joining(", ", " ORDER BY ", ""));
    }

    private String at(String operator, List<String> place) {
        if (lead != null) {
            return " AND " + lead.at(operator, columns, place);
        }
        return " AND (" + String.join(", ", columns) + ") " + operator + " (" + String.join(", ", place) + ")";
    }
}
