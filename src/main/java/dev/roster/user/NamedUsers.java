package dev.roster.user;

import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;
import dev.roster.platform.persistence.ArrayText;
import dev.roster.platform.persistence.Rows;
import dev.roster.platform.persistence.SessionSql;
import dev.roster.platform.validation.CanonicalText;
import dev.roster.platform.validation.Word;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Several accounts that a change of something else names, such as the first members of a group. */
public final class NamedUsers {
    private static final String TOUCH = """
            UPDATE users SET updated_at = $3, version = version + 1
             WHERE organization_id = $1 AND id = ANY (CAST(CAST($2 AS text) AS uuid[]))
            """;

    private static final String LOCK = """
            SELECT json_agg(json_build_array(u.id, u.kind, u.username, u.username_key))
              FROM (SELECT id, kind, username, username_key FROM users
                     WHERE organization_id = $1 AND username_key = ANY (CAST(CAST($2 AS text) AS text[]))
                     ORDER BY id FOR NO KEY UPDATE) AS u
            """;

    private NamedUsers() {}

    /** One of them, with no more of it than is needed of a thousand. */
    public record Named(UUID id, UserKind kind, String username, String usernameKey) {
        static Named of(JsonArray json) {
            return new Named(
                    UUID.fromString(json.getString(0)),
                    Word.of(UserKind.class, json.getString(1)).orElseThrow(),
                    json.getString(2),
                    json.getString(3));
        }
    }

    /**
     * The accounts of these usernames, locked in the order of their ids until the transaction ends. {@code user_not_found}
     * names one that does not exist.
     */
    public static Uni<List<Named>> lock(UUID organizationId, Collection<String> usernames) {
        if (usernames.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        Set<String> keys = usernames.stream().map(CanonicalText::fold).collect(Collectors.toSet());
        return SessionSql.value(JsonArray.class, LOCK, organizationId, ArrayText.of(keys))
                .map(NamedUsers::named)
                .invoke(found -> requireAll(found, usernames));
    }

    /** Marks the rows of locked accounts as changed whose memberships are. */
    public static Uni<Void> touch(UUID organizationId, Collection<UUID> ids, Instant now) {
        return ids.isEmpty()
                ? Uni.createFrom().voidItem()
                : SessionSql.update(TOUCH, organizationId, ArrayText.of(ids), Rows.utc(now))
                        .replaceWithVoid();
    }

    private static List<Named> named(JsonArray rows) {
        return rows == null
                ? List.of()
                : rows.stream().map(row -> Named.of((JsonArray) row)).toList();
    }

    private static void requireAll(List<Named> found, Collection<String> usernames) {
        Set<String> present = found.stream().map(Named::usernameKey).collect(Collectors.toSet());
        for (String username : usernames) {
            if (!present.contains(CanonicalText.fold(username))) {
                throw RosterException.of(ErrorCode.USER_NOT_FOUND, "User '" + username + "' not found.");
            }
        }
    }
}
