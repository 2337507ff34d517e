package dev.roster.user;

import dev.roster.platform.database.PlannedAnew;
import dev.roster.platform.validation.CanonicalText;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Builds the one statement that reads a part of a list of users. */
final class UserQuery {
    // A trigram index finds a part of a word from three characters on, and the beginning of a word
    // from one.
    private static final int TRIGRAM = 3;

    private final StringBuilder where = new StringBuilder(" WHERE u.organization_id = $1");
    private final List<Object> values = new ArrayList<>();
    private String mark = "";

    UserQuery(UUID organizationId, UserFilter filter) {
        values.add(organizationId);
        and("u.kind = ", filter.kind() == null ? null : filter.kind().value());
        and("u.role = ", filter.role() == null ? null : filter.role().value());
        and("u.status = ", filter.status() == null ? null : filter.status().value());
        if (filter.active() != null) {
            and(filter.active() ? "u.status = " : "u.status <> ", UserStatus.ACTIVE.value());
        }
        if (filter.email() != null) {
            of(EmailMatch.of(filter.email()));
        }
        and("u.id = ", filter.id());
        and("u.oauth_provider = ", filter.oauthProvider());
        and("u.oauth_id = ", filter.oauthId());
        if (filter.group() != null) {
            where.append(" AND EXISTS (SELECT 1 FROM groups fg JOIN memberships fm")
                    .append(" ON fm.organization_id = fg.organization_id AND fm.group_id = fg.id")
                    .append(" WHERE fg.organization_id = $1 AND fm.user_id = u.id AND fg.name = ")
                    .append(parameter(filter.group()))
                    .append(")");
        }
        if (filter.search() != null) {
            mark = PlannedAnew.MARK; // how common its term is decides which index is right
            and("u.search_text LIKE ", pattern(CanonicalText.fold(filter.search())));
        }
    }

    /**
     * Starts behind a place.
     *
     * @param place the values of the order's columns, see {@link UserPlaces}
     */
    UserQuery after(UserSort sort, List<Object> place) {
        String first = parameter(place.get(0));
        String second = sort.byName() ? "" : parameter(place.get(1));
        where.append(" AND ").append(sort.behind(first, second));
        return this;
    }

    /**
     * Starts at a number of rows from the beginning of the list by name. The rows before it are
     * skipped in an index, without reading them; see {@link UserReads#slice}.
     */
    UserQuery skip(int rows) {
        if (rows > 0) {
            String start = "(SELECT u.username_key FROM users u" + where;
            where.append(" AND u.username_key >= ")
                    .append(start)
                    .append(" ORDER BY u.username_key LIMIT 1 OFFSET ")
                    .append(parameter(rows))
                    .append(")");
        }
        return this;
    }

    // The limit is written into the statement: PostgreSQL takes one that it does not know for a
    // tenth of the rows, and then plans every execution anew, which costs as much as executing it.
    String sql(UserSort sort, int limit) {
        return mark + UserRows.SELECT + where + sort.orderBy() + " LIMIT " + limit;
    }

    Tuple values() {
        return Tuple.tuple(values);
    }

    private void of(EmailMatch match) {
        and("(u.email_key = ", match.key());
        if (!match.isPlain()) {
            where.append(" OR (u.email_key = ").append(parameter(match.oldKey()));
            where.append(" AND u.email = ").append(parameter(match.address())).append(")");
        }
        where.append(")");
    }

    private void and(String condition, Object value) {
        if (value != null) {
            where.append(" AND ").append(condition).append(parameter(value));
        }
    }

    private String parameter(Object value) {
        values.add(value);
        return "$" + values.size();
    }

    private static String pattern(String term) {
        String literal = term.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
        return term.codePointCount(0, term.length()) < TRIGRAM ? "% " + literal + "%" : "%" + literal + "%";
    }
}
