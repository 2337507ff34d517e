package dev.roster.user;

import io.vertx.core.json.JsonArray;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;

/**
 * A group as everyone in its organization sees it, alone or with a user.
 *
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
     * Times are microseconds and nothing has a name: a page of users has hundreds of both.
     */
    static final String SQL = """
            json_build_array(g.id, g.name, g.display_name, g.sso_name, g.description, g.metadata, g.user_count, g.sa_count,
             CAST(extract(epoch FROM g.created_at) * 1000000 AS bigint),
             CAST(extract(epoch FROM m.added_at) * 1000000 AS bigint), g.version)""";

    static GroupSummary of(JsonArray json) {
        return new GroupSummary(
                UUID.fromString(json.getString(0)),
                json.getString(1),
                json.getString(2),
                json.getString(3),
                json.getString(4),
                json.getJsonObject(5).getMap(),
                json.getInteger(6),
                json.getInteger(7),
                instant(json.getLong(8)),
                instant(json.getLong(9)),
                json.getInteger(10));
    }

    private static Instant instant(long microseconds) {
        return Instant.EPOCH.plus(microseconds, ChronoUnit.MICROS);
    }
}
