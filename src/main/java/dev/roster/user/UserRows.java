package dev.roster.user;

import dev.roster.caller.Role;
import dev.roster.platform.json.JsonColumns;
import dev.roster.platform.persistence.Rows;
import dev.roster.platform.validation.Word;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;

/** The columns of a {@link UserView} and how a row of them is read: no query per row. */
final class UserRows {
    // Read by position below: looking a column up by its name costs more than reading it.
    private static final String ACCOUNT = """
            SELECT u.id, u.kind, u.username, u.email, u.display_name, u.full_name, u.description, u.role, u.status,
             u.password_expired, u.avatar_url, u.company, u.job_title, u.oauth_provider, u.oauth_id,
             u.is_onboarded, CAST(u.metadata AS text), u.last_login_at, u.last_seen_at, u.created_at, u.version,
             (SELECT e.email FROM email_changes e
               WHERE e.organization_id = $1 AND e.id = u.id AND e.expires_at > now()),
             (SELECT %s FROM (SELECT i.group_id, i.added_at FROM memberships i
                               WHERE i.organization_id = $1 AND i.user_id = u.id%s) AS m)
            """;

    // Several accounts are read at once, and all of them wait for the largest
    private static final int FEW_GROUPS = 100;

    /** Bytes that nobody has counted. */
    static final int MANY = Integer.MAX_VALUE;

    /** Of an account that is read by itself, see {@link #view(Tuple)}; of one in many groups see {@link #leftOut}. */
    static final String SELECT = ACCOUNT.formatted(
                    "json_agg((SELECT " + GroupSummary.SQL + GroupSummary.OF_MEMBERSHIP + "))",
                    " LIMIT " + (FEW_GROUPS + 1))
            + " FROM users u";

    /** Of a page, see {@link UserPages}: of each group the id alone, and since when the account is in it, as bytes. */
    static final String COLUMNS =
            ACCOUNT.formatted("string_agg(uuid_send(m.group_id) || timestamptz_send(m.added_at), '')", "");

    private static final int MEMBERSHIP = 3 * Long.BYTES;
    // PostgreSQL counts from the year 2000
    private static final long BEGINNING_SECONDS = 946_684_800;

    private UserRows() {}

    /**
     * A statement that finds an account for each of the keys {@code $2}, in any order, see {@link #place}.
     *
     * @param type that of a key in SQL
     * @param condition on the account {@code u} with a key {@code k.key}: no two accounts of an organization fit one
     */
    static String byEach(String type, String condition) {
        // OFFSET keeps it a search for each key, whatever the planner thinks of their number
        return "SELECT u.*, k.place FROM unnest(CAST($2 AS " + type + "[])) WITH ORDINALITY AS k (key, place)"
                + " CROSS JOIN LATERAL (" + SELECT + " WHERE u.organization_id = $1 AND " + condition
                + " OFFSET 0) AS u";
    }

    /** Which of the keys a row answers, from 0. */
    static int place(Row row) {
        return row.getInteger(23) - 1;
    }

    // Loops: these are the innermost of a page, which streams would take longer to set up than to run

    /**
     * How many bytes of its groups the row of an account that is read by itself does not have, {@link #MANY} where it is in too
     * many: if any, it is read as a page of one.
     */
    static int leftOut(Tuple row) {
        if (!(row.getValue(22) instanceof JsonArray json)) {
            return 0;
        }
        if (json.size() > FEW_GROUPS) {
            return MANY;
        }
        int bytes = 0;
        for (Object group : json) {
            bytes += GroupSummary.leftOut((JsonArray) group);
        }
        return bytes;
    }

    static UserView view(Tuple row) {
        List<GroupSummary> groups = new ArrayList<>();
        if (row.getValue(22) instanceof JsonArray json) {
            json.forEach(group -> groups.add(GroupSummary.of((JsonArray) group)));
        }
        return view(row, groups);
    }

    /**
     * A row of a page.
     *
     * @param known the groups by their ids; one that is not there was deleted meanwhile
     */
    static UserView view(Tuple row, Map<UUID, GroupSummary> known) {
        List<GroupSummary> groups = new ArrayList<>();
        memberships(row, (id, since) -> {
            GroupSummary group = known.get(id);
            if (group != null) {
                groups.add(group.joined(since));
            }
        });
        return view(row, groups);
    }

    /** Takes each group that a row of a page names, and since when the account is in it. */
    static void memberships(Tuple row, BiConsumer<UUID, Instant> taker) {
        Buffer bytes = row.getDelegate().getBuffer(22);
        int length = bytes == null ? 0 : bytes.length();
        for (int at = 0; at < length; at += MEMBERSHIP) {
            taker.accept(
                    new UUID(bytes.getLong(at), bytes.getLong(at + Long.BYTES)),
                    Instant.ofEpochSecond(BEGINNING_SECONDS)
                            .plus(bytes.getLong(at + 2 * Long.BYTES), ChronoUnit.MICROS));
        }
    }

    private static UserView view(Tuple row, List<GroupSummary> groups) {
        groups.sort(Comparator.comparing(GroupSummary::name));
        return new UserView(
                row.getUUID(0),
                Word.of(UserKind.class, row.getString(1)).orElseThrow(),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                Role.of(row.getString(7)).orElseThrow(),
                Word.of(UserStatus.class, row.getString(8)).orElseThrow(),
                row.getBoolean(9),
                row.getString(10),
                row.getString(11),
                row.getString(12),
                row.getString(13),
                row.getString(14),
                row.getBoolean(15),
                JsonColumns.object(row.getString(16)),
                Rows.instant(row, 17),
                Rows.instant(row, 18),
                Rows.instant(row, 19),
                row.getInteger(20),
                groups,
                row.getString(21));
    }
}
