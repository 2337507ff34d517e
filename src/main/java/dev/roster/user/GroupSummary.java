package dev.roster.user;

import dev.roster.platform.json.JsonColumns;
import dev.roster.platform.persistence.Rows;
import io.netty.buffer.ByteBufUtil;
import io.vertx.core.json.JsonArray;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;

/**
 * A group as everyone in its organization sees it, alone or with a user.
 *
 * @param metadata null where it is shown with a user whose groups before it have too much text together, see {@link UserPages}
 * @param userCount how many persons are in it
 * @param serviceAccountCount how many service accounts are in it
 * @param addedAt since when the user it is shown with is in it; null where it is shown alone
 */
public record GroupSummary(
        UUID id,
        String name,
        String displayName,
        String ssoName,
        String description,
        Map<String, Object> metadata,
        int userCount,
        int serviceAccountCount,
        Instant createdAt,
        Instant addedAt,
        int version) {

    /**
     * The SQL that builds the array that {@link #of(JsonArray)} reads, from a group {@code g} and a membership {@code m}.
     * Times are seconds and nothing has a name: a user may be in many groups. Of metadata of more than 4 KiB
     * there is but how many bytes it has.
     */
    static final String SQL = """
            json_build_array(g.id, g.name, g.display_name, g.sso_name, g.description,
             CASE WHEN octet_length(CAST(g.metadata AS text)) <= 4096 THEN to_json(CAST(g.metadata AS text))
                  ELSE to_json(octet_length(CAST(g.metadata AS text))) END,
             g.user_count, g.sa_count, date_part('epoch', g.created_at), date_part('epoch', m.added_at), g.version)""";

    /**
     * The group {@code g} of a membership {@code m} of the organization {@code $1}: the first from its id on. By an equal id
     * PostgreSQL would read all of a hundred groups for each membership, since it takes a block of the index for dearer.
     */
    public static final String OF_MEMBERSHIP = """
            FROM groups g WHERE g.organization_id = $1 AND g.id >= m.group_id
             ORDER BY g.organization_id, g.id LIMIT 1""";

    private static final String COLUMNS = """
            SELECT id, name, display_name, sso_name, description, %s, user_count, sa_count, created_at, version
              FROM groups
            """;

    /** The columns that {@link #of(Tuple)} reads, of a group that is shown alone. */
    public static final String SELECT = COLUMNS.formatted("CAST(metadata AS text)");

    /** The same without metadata. */
    static final String SELECT_BARE = COLUMNS.formatted("CAST(NULL AS text)");

    public static GroupSummary of(Tuple row) {
        return new GroupSummary(
                row.getUUID(0),
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                metadata(row.getString(5)),
                row.getInteger(6),
                row.getInteger(7),
                Rows.instant(row, 8),
                null,
                row.getInteger(9));
    }

    /** How many bytes its description and its metadata take in such a row. */
    static int text(Tuple row) {
        String metadata = row.getString(5);
        return ByteBufUtil.utf8Bytes(row.getString(4)) + (metadata == null ? 0 : ByteBufUtil.utf8Bytes(metadata));
    }

    /** Shown with a user who is in it since then. */
    GroupSummary joined(Instant since) {
        return new GroupSummary(
                id,
                name,
                displayName,
                ssoName,
                description,
                metadata,
                userCount,
                serviceAccountCount,
                createdAt,
                since,
                version);
    }

    static GroupSummary of(JsonArray json) {
        return new GroupSummary(
                UUID.fromString(json.getString(0)),
                json.getString(1),
                json.getString(2),
                json.getString(3),
                json.getString(4),
                metadata(json.getString(5)),
                json.getInteger(6),
                json.getInteger(7),
                instant(json.getDouble(8)),
                instant(json.getDouble(9)),
                json.getInteger(10));
    }

    /** How many bytes of metadata such an array leaves out. */
    static int leftOut(JsonArray json) {
        return json.getValue(5) instanceof Number bytes ? bytes.intValue() : 0;
    }

    private static Map<String, Object> metadata(String text) {
        return text == null ? null : JsonColumns.object(text);
    }

    // A double holds the microseconds of seconds until the year 2106
    private static Instant instant(double seconds) {
        return Instant.EPOCH.plus(Math.round(seconds * 1_000_000), ChronoUnit.MICROS);
    }
}
