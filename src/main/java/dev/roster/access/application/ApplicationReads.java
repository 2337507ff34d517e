package dev.roster.access.application;

import dev.roster.access.client.SecretView;
import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;
import dev.roster.platform.paging.KeysetListing;
import dev.roster.platform.paging.Listing;
import dev.roster.platform.persistence.Rows;
import dev.roster.platform.persistence.SessionSql;
import dev.roster.platform.standby.ListReads;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Reads applications and their secrets, the newest first: one statement each. */
@ApplicationScoped
class ApplicationReads {
    private static final String SELECT = """
            SELECT a.id, a.client_id, a.name, a.redirect_uris, a.post_logout_redirect_uris, a.scopes, a.is_public,
                   a.is_first_party,
                   CASE WHEN a.group_ids IS NOT NULL THEN ARRAY(
                     SELECT g.name FROM groups g
                      WHERE g.organization_id = $1 AND g.id = ANY (a.group_ids) ORDER BY g.name) END,
                   a.created_at, a.updated_at, a.version, a.id_token_signed_response_alg
              FROM applications a WHERE a.organization_id = $1 AND a.removed_at IS NULL
            """;
    private static final String ONE = SELECT + " AND a.id = $2";
    private static final String LIST = SELECT + " AND a.id < $2 ORDER BY a.id DESC LIMIT $3";
    private static final String SECRETS = """
            SELECT s.id, s.name, a.client_id, s.created_at, s.expires_at, s.last_used_at
              FROM application_secrets s
              JOIN applications a ON a.organization_id = s.organization_id AND a.id = s.application_id
             WHERE s.organization_id = $1 AND s.application_id = $2 AND s.id < $3 AND a.removed_at IS NULL
             ORDER BY s.id DESC LIMIT $4
            """;
    // As to join them: none whose removal has begun
    private static final String GROUPS =
            "SELECT name, id FROM groups WHERE organization_id = $1 AND name = ANY ($2) AND removed_at IS NULL";

    private final Pool database;
    private final ListReads lists;

    ApplicationReads(Pool database, ListReads lists) {
        this.database = database;
        this.lists = lists;
    }

    Uni<Optional<ApplicationView>> find(UUID organizationId, UUID id) {
        return Rows.first(database, ONE, Tuple.of(organizationId, id), ApplicationReads::view);
    }

    /** One as the caller's transaction leaves it. */
    static Uni<Optional<ApplicationView>> changed(Application application) {
        return SessionSql.first(ApplicationReads::view, ONE, application.organizationId, application.id);
    }

    Listing<ApplicationView> list(UUID organizationId) {
        return KeysetListing.newestFirst(
                organizationId, "applications", ApplicationView::id, (before, limit) -> lists.execute(
                                LIST, Tuple.of(organizationId, before, limit))
                        .map(rows -> Rows.list(rows, ApplicationReads::view)));
    }

    Listing<SecretView> secrets(UUID organizationId, UUID id) {
        return KeysetListing.newestFirst(
                organizationId, "application secrets " + id, SecretView::id, (before, limit) -> lists.execute(
                                SECRETS, Tuple.of(organizationId, id, before, limit))
                        .map(rows -> Rows.list(rows, SecretView::of)));
    }

    /** The ids of the groups, null for everybody; {@code group_not_found} names an unknown one. */
    Uni<UUID[]> groups(UUID organizationId, Audience audience) {
        if (audience == null || audience.groups() == null) {
            return Uni.createFrom().nullItem();
        }
        List<String> names = audience.groups();
        return database.preparedQuery(GROUPS)
                .execute(Tuple.of(organizationId, names.toArray(String[]::new)))
                .map(rows -> {
                    Map<String, UUID> found = new HashMap<>();
                    rows.forEach(row -> found.put(row.getString(0), row.getUUID(1)));
                    return names.stream()
                            .distinct()
                            .map(name -> require(found, name))
                            .toArray(UUID[]::new);
                });
    }

    private static UUID require(Map<String, UUID> found, String name) {
        if (!found.containsKey(name)) {
            throw RosterException.of(ErrorCode.GROUP_NOT_FOUND, "Group '" + name + "' not found.");
        }
        return found.get(name);
    }

    private static ApplicationView view(Tuple row) {
        String[] groups = row.getArrayOfStrings(8);
        return new ApplicationView(
                row.getUUID(0),
                row.getString(1),
                row.getString(2),
                List.of(row.getArrayOfStrings(3)),
                List.of(row.getArrayOfStrings(4)),
                List.of(row.getArrayOfStrings(5)),
                row.getString(12),
                row.getBoolean(6),
                row.getBoolean(7),
                groups == null ? null : List.of(groups),
                Rows.instant(row, 9),
                Rows.instant(row, 10),
                row.getInteger(11));
    }
}
