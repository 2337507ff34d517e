package dev.roster.user;

import dev.roster.platform.database.PlannedAnew;
import dev.roster.platform.validation.CanonicalText;
import dev.roster.platform.validation.Word;
import dev.roster.user.PageAnchors.Anchor;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Builds the statement that reads a part of a list of users: the next ones in its order for which some conditions hold.
 * Where a condition is of the kind that no index has in that order (a search, a group), it is one of three statements that
 * give the same rows, and cost little in different cases: see {@link #few}, {@link #near} and {@link #all}.
 */
final class UserQuery {
    /** How many accounts are few enough to sort them for each part. */
    static final int FEW = 1_000;

    /** Of how many members a walk has a set at hand; of more it would be none, of which PostgreSQL makes a hash table. */
    static final int SET = 20_000;

    // What the planner believes of a group may be anything, and without a hash table all members were read for each
    // account. So many are a megabyte to it, a quarter of the work_mem that PostgreSQL has by itself
    private static final int SET_BELIEVED = SET + SET / 4;

    // A trigram index finds a part of a word from three characters on, and the beginning of one from one
    private static final int TRIGRAM = 3;

    // Each by its key, which the foreign key says is there, in this order of the tables: a join is also carried out the
    // other way round, as a walk through all accounts until enough members were met
    private static final String EACH_ACCOUNT = " CROSS JOIN LATERAL (SELECT u.* FROM users u"
            + " WHERE u.organization_id = $1 AND u.id >= fm.user_id ORDER BY u.organization_id, u.id LIMIT 1) u";

    private final UUID organizationId;
    private final UserOrder order;
    private final StringBuilder where = new StringBuilder(" WHERE u.organization_id = $1");
    private final List<Object> values = new ArrayList<>();
    private String place;
    private String members = "";
    private String inGroup = "";
    private String member = "";
    private String search = "";
    private String inState = "";
    private String mark = "";

    UserQuery(UUID organizationId, UserFilter filter, UserSort sort) {
        this.organizationId = organizationId;
        order = UserOrder.of(sort, filter);
        place = order.all();
        values.add(organizationId);
        has("u.kind", filter.kind());
        has("u.role", filter.role());
        has("u.status", filter.oneStatus());
        if (filter.isOfInactive()) {
            where.append(" AND u.status <> 'active'");
        }
        if (filter.email() != null) {
            of(EmailMatch.of(filter.email()));
        }
        and("u.id = ", filter.id());
        and("u.oauth_provider = ", filter.oauthProvider());
        and("u.oauth_id = ", filter.oauthId());
        if (filter.group() != null) {
            String group = " FROM groups fg WHERE fg.organization_id = $1 AND fg.name = " + parameter(filter.group());
            members = "SELECT fg.user_count + fg.sa_count" + group;
            inGroup =
                    " FROM memberships fm WHERE fm.organization_id = $1 AND fm.group_id = (SELECT fg.id" + group + ")";
            // A value, since a join might begin with all members, of whom there may be a million
            member = " AND (SELECT true" + inGroup + " AND fm.user_id = u.id)";
        }
        if (filter.search() != null) {
            mark = PlannedAnew.MARK; // how common its term is decides which index is right
            search = " AND u.search_text LIKE "
                    + parameter(pattern(CanonicalText.fold(filter.search()).stripTrailing()));
        }
    }

    /**
     * Has a walk look for its accounts in a set of the members, which is read once, instead of for a membership of each. For
     * groups of no more than {@link #SET} members.
     */
    UserQuery withSet() {
        // Not of the form that becomes a join
        member = " AND (u.id IN (SELECT fm.user_id" + inGroup + " LIMIT " + SET_BELIEVED + ")) IS TRUE";
        return this;
    }

    /**
     * Starts behind a place.
     *
     * @param last the values of the order's columns, see {@link UserPlaces}
     */
    UserQuery after(List<Object> last) {
        place = order.behind(last.stream().map(this::parameter).toList());
        return this;
    }

    /** Starts at a place in the list by name that was found in a state; {@link #walkWithState} finds nothing in any other. */
    UserQuery from(Anchor anchor) {
        if (anchor.name() != null) {
            place = order.from(parameter(anchor.name()));
            inState = " AND s.state = " + parameter(anchor.state());
        }
        return this;
    }

    /**
     * Starts at a number of rows from the beginning of the list by name, or from where it starts already. The rows before it
     * are skipped in an index, without reading them; see {@link UserLists#slice}.
     */
    UserQuery skip(int rows) {
        if (rows > 0) {
            place = order.from("(SELECT u.username_key FROM users u" + where() + member + search + end(1) + " OFFSET "
                    + parameter(rows) + ")");
        }
        return this;
    }

    // Two conditions that no index has in the order of a list

    boolean isOfGroup() {
        return !member.isEmpty();
    }

    boolean isSearch() {
        return !search.isEmpty();
    }

    // The limits are written into the statement: PostgreSQL takes one that it does not know for a
    // tenth of the rows, and then plans every execution anew, which costs as much as executing it.

    /** Walks the list by an index of its order. */
    String walk(int limit) {
        return mark + UserRows.COLUMNS + " FROM users u" + where() + member + search + end(limit);
    }

    /**
     * Walks the list by name. The column {@code state} behind those of {@link UserRows} is that of {@link UserCounts#STATE};
     * where there is no account, it stands in a row without an id.
     */
    String walkWithState(int limit) {
        String end = end(limit);
        return UserRows.COLUMNS + ", s.state FROM (" + UserCounts.STATE
                + ") s LEFT JOIN LATERAL (SELECT u.* FROM users u" + where() + inState + end
                + ") u ON true" + end;
    }

    /**
     * The accounts of a group that has few members, from an offset. The columns behind those of {@link UserRows} say how many
     * members there are, {@code number}, and where they are {@link #FEW}, there is no account, which is a row without an id:
     * the group has {@code members} then, and the organization {@code persons}, which are not read for others.
     */
    String ofSmallGroup(int limit, int offset) {
        String ofLarge = ", CASE WHEN count(*) = " + FEW + " THEN (%s) END AS %s";
        return UserRows.COLUMNS + ", s.number, s.members, s.persons FROM (SELECT count(*) AS number"
                + ofLarge.formatted(members, "members") + ofLarge.formatted(UserCounts.PERSONS, "persons")
                + " FROM (SELECT 1" + inGroup + " LIMIT " + FEW
                + ") m) s LEFT JOIN LATERAL (SELECT u.* FROM (SELECT fm.user_id" + inGroup + " LIMIT " + FEW + ") fm"
                + EACH_ACCOUNT + where() + search + " AND s.number < " + FEW + end(limit)
                + " OFFSET "
                + offset + ") u ON true" + end(limit);
    }

    /**
     * Takes what a search finds and sorts it, {@link #FEW} accounts at most: these are all only where the column
     * {@code number} is smaller.
     */
    String few(int limit) {
        return mark + UserRows.COLUMNS
                + ", u.number FROM (SELECT f.*, count(*) OVER () AS number FROM (SELECT u.* FROM users u" + where()
                + search
                + " LIMIT " + FEW + ") f) u WHERE true" + member + end(limit);
    }

    /**
     * Looks at the next accounts of the list. The column {@code number} says how many there were, where fewer than were
     * asked for fit; where none did, it stands in a row without an id.
     */
    String near(int limit, int window) {
        String next = " FROM users u" + where() + end(window);
        return UserRows.COLUMNS + ", CASE WHEN u.id IS NULL OR u.fit < " + limit
                + " THEN (SELECT count(*) FROM (SELECT 1" + next
                + ") n) END AS number FROM (SELECT 1) o LEFT JOIN (SELECT f.*, count(*) OVER () AS fit FROM (SELECT u.* FROM"
                + " (SELECT u.*" + next + ") u WHERE true" + member + search + end(limit) + ") f) u ON true"
                + end(limit);
    }

    /** Takes all that other indexes find and sorts it. */
    String all(int limit) {
        String found = search.isEmpty()
                ? " JOIN (SELECT fm.user_id" + inGroup + " OFFSET 0) fm ON fm.user_id = u.id" + where()
                : where() + search;
        return mark + UserRows.COLUMNS + " FROM (SELECT u.* FROM users u" + found + " OFFSET 0) u WHERE true"
                + (search.isEmpty() ? "" : member) + end(limit);
    }

    UUID organizationId() {
        return organizationId;
    }

    Tuple values() {
        return Tuple.tuple(values);
    }

    private String where() {
        return where + place;
    }

    private String end(int limit) {
        return order.orderBy() + " LIMIT " + limit;
    }

    private void of(EmailMatch match) {
        and("(u.email_key = ", match.key());
        if (!match.isPlain()) {
            where.append(" OR (u.email_key = ").append(parameter(match.oldKey()));
            where.append(" AND u.email = ").append(parameter(match.address())).append(")");
        }
        where.append(")");
    }

    // A literal: of values of which some are rare, one plan for all of them is wrong for those
    private void has(String column, Word word) {
        if (word != null && !order.isLedBy(column)) {
            where.append(" AND ")
                    .append(column)
                    .append(" = '")
                    .append(word.value())
                    .append("'");
        }
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
