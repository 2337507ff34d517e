package dev.roster.user;

import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;
import dev.roster.platform.persistence.Rows;
import dev.roster.platform.persistence.SessionSql;
import dev.roster.platform.validation.CanonicalText;
import dev.roster.platform.validation.Word;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
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
             WHERE organization_id = $1 AND id = ANY (CAST($2 AS uuid[]))
            """;

    private static final String LOCK = """
            SELECT id, kind, username, username_key FROM users
             WHERE organization_id = $1 AND username_key = ANY (CAST($2 AS text[]))
             ORDER BY id FOR NO KEY UPDATE
            """;

    private NamedUsers() {}

    /** One of them, with no more of it than is needed of a thousand. */
    public record Named(UUID id, UserKind kind, String username, String usernameKey) {
        static Named of(Tuple row) {
            return new Named(
                    row.getUUID(0),
                    Word.of(UserKind.class, row.getString(1)).orElseThrow(),
                    row.getString(2),
                    row.getString(3));
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
        String[] keys = usernames.stream().map(CanonicalText::fold).distinct().toArray(String[]::new);
        return SessionSql.list(Named::of, LOCK, organizationId, keys).invoke(found -> requireAll(found, usernames));
    }

    /** Marks the rows of locked accounts as changed whose memberships are. */
    public static Uni<Void> touch(UUID organizationId, Collection<UUID> ids, Instant now) {
        return ids.isEmpty()
                ? Uni.createFrom().voidItem()
                : SessionSql.update(TOUCH, organizationId, ids.toArray(UUID[]::new), Rows.utc(now))
                        .replaceWithVoid();
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
