package dev.roster.user;

import dev.roster.caller.Role;
import dev.roster.platform.persistence.Rows;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * The columns of a {@link UserView} and how a row of them is read: one statement, no query per row.
 */
final class UserRows {
    // Read by position below: looking a column up by its name costs more than reading it.
    static final String COLUMNS = """
            SELECT u.id, u.kind, u.username, u.email, u.display_name, u.full_name, u.description, u.role, u.status,
             u.password_expired, u.avatar_url, u.company, u.job_title, u.oauth_provider, u.oauth_id,
             u.is_onboarded, u.metadata, u.last_login_at, u.last_seen_at, u.created_at, u.version,
             (SELECT json_agg((SELECT %s %s))
                FROM memberships m WHERE m.organization_id = $1 AND m.user_id = u.id),
             (SELECT e.email FROM email_changes e
               WHERE e.organization_id = $1 AND e.id = u.id AND e.expires_at > now())
            """.formatted(GroupSummary.SQL, GroupSummary.OF_MEMBERSHIP);

    static final String SELECT = COLUMNS + " FROM users u";

    private UserRows() {}

    static UserView view(Row row) {
        return new UserView(
                row.getUUID(0),
                UserKind.of(row.getString(1)).orElseThrow(),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                Role.of(row.getString(7)).orElseThrow(),
                UserStatus.of(row.getString(8)).orElseThrow(),
                row.getBoolean(9),
                row.getString(10),
                row.getString(11),
                row.getString(12),
                row.getString(13),
                row.getString(14),
                row.getBoolean(15),
                metadata((JsonObject) row.getValue(16)),
                Rows.instant(row, 17),
                Rows.instant(row, 18),
                Rows.instant(row, 19),
                row.getInteger(20),
                groups((JsonArray) row.getValue(21)),
                row.getString(22));
    }

    private static Map<String, Object> metadata(JsonObject json) {
        return json.getMap();
    }

    private static List<GroupSummary> groups(JsonArray json) {
        return json == null
                ? List.of()
                : json.stream()
                        .map(group -> GroupSummary.of((JsonArray) group))
                        .sorted(Comparator.comparing(GroupSummary::name))
                        .toList();
    }
}
