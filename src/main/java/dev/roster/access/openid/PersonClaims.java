package dev.roster.access.openid;

import dev.roster.caller.Caller;
import dev.roster.caller.Scope;
import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.persistence.Rows;
import dev.roster.platform.persistence.SessionSql;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What an application is told of a person, by its scopes (OpenID Connect Core sections 5.1 and 5.4). */
@ApplicationScoped
public class PersonClaims {
    /** All that can be told, and what an ID token says besides. */
    public static final List<String> NAMES = List.of(
            "sub",
            "name",
            "preferred_username",
            "picture",
            "updated_at",
            "email",
            "email_verified",
            "groups",
            "auth_time",
            "nonce",
            "at_hash",
            "sid");

    private static final String FIND = """
            SELECT coalesce(u.display_name, u.full_name, u.username), u.username, u.avatar_url, u.updated_at, u.email,
                   u.email = u.proven_email,
                   CASE WHEN $3 THEN ARRAY(
                     SELECT g.name FROM memberships m
                       JOIN groups g ON g.organization_id = m.organization_id AND g.id = m.group_id
                      WHERE m.organization_id = $1 AND m.user_id = u.id ORDER BY g.name LIMIT $4) END
              FROM users u WHERE u.organization_id = $1 AND u.id = $2 AND u.status = 'active'
            """;

    private final Pool database;

    PersonClaims(Pool database) {
        this.database = database;
    }

    /** What a token that carries these scopes may be told of its account; {@code invalid_token} once that is gone. */
    public Uni<Map<String, Object>> of(Caller caller) {
        boolean groups = caller.scopes().contains(Scope.GROUPS);
        return Rows.first(
                        database,
                        FIND,
                        Tuple.of(caller.organizationId(), caller.userId(), groups, Integer.MAX_VALUE),
                        row -> claims(caller.userId(), row, caller.scopes()))
                .map(found -> found.orElseThrow(ErrorCode.INVALID_TOKEN::refusal));
    }

    /**
     * The claims, read in the caller's transaction.
     *
     * @param mostGroups how many group names are read
     */
    static Uni<Optional<Map<String, Object>>> within(
            UUID organizationId, UUID userId, Collection<String> scopes, int mostGroups) {
        return SessionSql.first(
                row -> claims(userId, row, scopes),
                FIND,
                organizationId,
                userId,
                scopes.contains(Scope.GROUPS),
                mostGroups);
    }

    private static Map<String, Object> claims(UUID userId, Tuple row, Collection<String> scopes) {
        Map<String, Object> claims = new LinkedHashMap<>();
        // Never a name, which another person may get one day (section 5.7)
        claims.put("sub", userId.toString());
        if (scopes.contains(Scope.PROFILE)) {
            claims.put("name", row.getString(0));
            claims.put("preferred_username", row.getString(1));
            claims.put("picture", row.getString(2));
            claims.put("updated_at", Rows.instant(row, 3).getEpochSecond());
        }
        if (scopes.contains(Scope.EMAIL) && row.getString(4) != null) {
            claims.put("email", row.getString(4));
            claims.put("email_verified", Boolean.TRUE.equals(row.getBoolean(5)));
        }
        if (scopes.contains(Scope.GROUPS)) {
            claims.put("groups", List.of(row.getArrayOfStrings(6)));
        }
        claims.values().removeIf(value -> value == null);
        return claims;
    }
}
