package dev.roster.user;

import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;
import dev.roster.platform.persistence.ArrayText;
import dev.roster.platform.persistence.Rows;
import dev.roster.platform.persistence.SessionSql;
import dev.roster.platform.validation.CanonicalText;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.persistence.LockModeType;
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

    private NamedUsers() {}

    /**
     * The accounts of these usernames, locked in the order of their ids until the transaction ends, to be read: what is
     * changed of the objects is not written. {@code user_not_found} names one that does not exist.
     */
    public static Uni<List<User>> lock(UUID organizationId, Collection<String> usernames) {
        if (usernames.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        Set<String> keys = usernames.stream().map(CanonicalText::fold).collect(Collectors.toSet());
        return User.<User>find("organizationId = ?1 and usernameKey in ?2 order by id", organizationId, keys)
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .list()
                .invoke(found -> requireAll(found, usernames))
                .call(found -> Panache.getSession().invoke(session -> found.forEach(session::detach)));
    }

    /** Marks the rows of locked accounts as changed whose memberships are. */
    public static Uni<Void> touch(UUID organizationId, Collection<UUID> ids, Instant now) {
        return ids.isEmpty()
                ? Uni.createFrom().voidItem()
                : SessionSql.update(TOUCH, organizationId, ArrayText.of(ids), Rows.utc(now))
                        .replaceWithVoid();
    }

    private static void requireAll(List<User> found, Collection<String> usernames) {
        Set<String> present = found.stream().map(user -> user.usernameKey).collect(Collectors.toSet());
        for (String username : usernames) {
            if (!present.contains(CanonicalText.fold(username))) {
                throw RosterException.of(ErrorCode.USER_NOT_FOUND, "User '" + username + "' not found.");
            }
        }
    }
}
