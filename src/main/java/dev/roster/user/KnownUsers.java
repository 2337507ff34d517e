package dev.roster.user;

import dev.roster.platform.database.PlannedAnew;
import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.FieldError;
import dev.roster.platform.error.RosterException;
import dev.roster.platform.json.JsonWeight;
import dev.roster.platform.persistence.SessionSql;
import dev.roster.platform.persistence.TooMuchException;
import dev.roster.platform.validation.CanonicalText;
import dev.roster.platform.validation.EmailKey;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** The accounts that have anything of what the lines of a batch name, locked, and no entities of the session any more. */
final class KnownUsers {
    // A range that must come in order leaves the planner no index but that of the key, whatever it believes
    private static final String KEYS = """
            SELECT f.id FROM unnest(CAST($%1$s AS text[])) AS t (value)
             CROSS JOIN LATERAL (SELECT n.id FROM users n
                                  WHERE n.organization_id = $1 AND n.%2$s >= t.value AND n.%2$s <= t.value
                                  ORDER BY n.%2$s LIMIT 1) AS f
            """;

    private static final String WEIGHT = """
            SELECT %s FROM (SELECT CAST(m.metadata AS text) AS metadata FROM users m
                             WHERE m.organization_id = $1 AND m.id >= k.id AND m.id <= k.id ORDER BY m.id LIMIT 1) AS m
            """.formatted(JsonWeight.sql("m.metadata"));

    private static final String FIND = PlannedAnew.MARK
            + "SELECT array_agg(k.id), sum((%s)) FROM (%s UNION %s UNION %s) AS k"
                    .formatted(
                            WEIGHT,
                            KEYS.formatted(2, "username_key"),
                            KEYS.formatted(3, "email_key"),
                            KEYS.formatted(4, "external_id"));

    // Of the metadata of a thousand accounts with some fifty values each: the driver makes objects of all of it
    private static final long MOST_BYTES = 8 * 1024 * 1024;

    private static final String LOCK = PlannedAnew.MARK + """
            SELECT l.* FROM (SELECT t.value AS id FROM unnest(CAST(CAST(?2 AS text) AS uuid[])) AS t (value)
                              ORDER BY t.value) AS k
             CROSS JOIN LATERAL (SELECT u.* FROM users u
                                  WHERE u.organization_id = ?1 AND u.id >= k.id AND u.id <= k.id
                                  ORDER BY u.id LIMIT 1 FOR NO KEY UPDATE) AS l
            """;

    private final Map<String, User> byUsername = new HashMap<>();
    private final Map<String, User> byEmail = new HashMap<>();
    private final Map<String, User> byExternalId = new HashMap<>();

    private KnownUsers(List<User> found) {
        found.forEach(this::add);
    }

    /**
     * The accounts that have any of these names, addresses or external ids, locked in the order of their ids. Fails with
     * {@link TooMuchException} where their metadata is too much to be read at once.
     *
     * @param isOne whether there are no fewer to ask for: then all are read
     */
    static Uni<KnownUsers> lock(UUID organizationId, List<String> texts, List<String> externalIds, boolean isOne) {
        return SessionSql.first(
                        row -> found(row, isOne),
                        FIND,
                        organizationId,
                        texts.toArray(String[]::new),
                        // No address is without it
                        texts.stream().filter(text -> text.indexOf('@') >= 0).toArray(String[]::new),
                        externalIds.toArray(String[]::new))
                .map(Optional::orElseThrow)
                .chain(ids -> ids.isEmpty() ? Uni.createFrom().item(List.<User>of()) : lock(organizationId, ids))
                .map(KnownUsers::new);
    }

    private static List<UUID> found(Tuple row, boolean isOne) {
        UUID[] ids = row.getArrayOfUUIDs(0);
        if (ids == null) {
            return List.of();
        }
        if (!isOne && row.getLong(1) > MOST_BYTES) {
            throw new TooMuchException("metadata");
        }
        return List.of(ids);
    }

    private static Uni<List<User>> lock(UUID organizationId, List<UUID> ids) {
        return Panache.getSession().chain(session -> session.createNativeQuery(LOCK, User.class)
                .setParameter(1, organizationId)
                .setParameter(2, ids.stream().map(UUID::toString).collect(Collectors.joining(",", "{", "}")))
                .getResultList()
                .invoke(found -> found.forEach(session::detach)));
    }

    private void add(User user) {
        byUsername.put(user.usernameKey, user);
        if (user.emailKey != null) {
            byEmail.put(user.emailKey, user);
        }
        if (user.externalId != null) {
            byExternalId.put(user.externalId, user);
        }
    }

    /** The account that a line is about: that of its external id, or else that of its name, unless that has another id. */
    Optional<User> find(ImportUser line) {
        Optional<User> known = line.key().map(byExternalId::get);
        return known.isPresent() ? known : line.name().map(this::named).filter(user -> isAbout(line, user));
    }

    private static boolean isAbout(ImportUser line, User user) {
        return user.kind == UserKind.PERSON
                && (user.externalId == null || line.key().isEmpty() || user.externalId.equals(line.externalId()));
    }

    private User named(String name) {
        return byUsername.get(CanonicalText.fold(name));
    }

    /** Refuses what another account has of what an account would have; {@code name_taken} and its like. */
    void requireFree(User user) {
        requireFree(user, byUsername.get(user.usernameKey), ErrorCode.NAME_TAKEN, "username");
        for (String name : List.of(user.username, user.usernameKey)) {
            requireFree(user, EmailKey.of(name).map(byEmail::get).orElse(null), ErrorCode.NAME_TAKEN, "username");
        }
        if (user.emailKey != null) {
            String old = CanonicalText.fold(user.email);
            User ofOldKey = byEmail.get(old);
            requireFree(user, byEmail.get(user.emailKey), ErrorCode.EMAIL_TAKEN, "email");
            requireFree(user, byUsername.get(user.emailKey), ErrorCode.EMAIL_TAKEN, "email");
            requireFree(user, byUsername.get(old), ErrorCode.EMAIL_TAKEN, "email");
            if (ofOldKey != null && ofOldKey.email.equals(user.email)) {
                requireFree(user, ofOldKey, ErrorCode.EMAIL_TAKEN, "email");
            }
        }
        requireFree(user, byExternalId.get(user.externalId), ErrorCode.CONFLICT, "external_id");
    }

    private static void requireFree(User user, User other, ErrorCode code, String field) {
        if (other != null && !Objects.equals(other.id, user.id)) {
            throw RosterException.of(code, new FieldError(field, "belongs to another account"));
        }
    }
}
