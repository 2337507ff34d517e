package dev.roster.user;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
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
     * The SQL that builds the object {@link #of(JsonObject)} reads, from a group {@code g} and a
     * membership {@code m}.
     */
    static final String SQL = """
            json_build_object('id', g.id, 'name', g.name, 'display_name', g.display_name, 'sso_name', g.sso_name,
             'description', g.description, 'metadata', g.metadata, 'user_count', g.user_count,
             'sa_count', g.sa_count, 'created_at', to_char(g.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
             'added_at', to_char(m.added_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), 'version', g.version)""";

    static GroupSummary of(JsonObject json) {
        return new GroupSummary(
                UUID.fromString(json.getString("id")),
                json.getString("name"),
                json.getString("display_name"),
                json.getString("sso_name"),
                json.getString("description"),
                json.getJsonObject("metadata").getMap(),
                json.getInteger("user_count"),
                json.getInteger("sa_count"),
                Instant.parse(json.getString("created_at")),
                Instant.parse(json.getString("added_at")),
                json.getInteger("version"));
    }
}
