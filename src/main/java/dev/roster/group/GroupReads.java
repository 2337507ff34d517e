package dev.roster.group;

import dev.roster.platform.database.KeyReads;
import dev.roster.platform.paging.KeysetListing;
import dev.roster.platform.paging.Listing;
import dev.roster.platform.persistence.Rows;
import dev.roster.platform.standby.ListReads;
import dev.roster.user.GroupSummary;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The reads of groups, in the order of their names: plain SQL, one statement each. */
@ApplicationScoped
public class GroupReads {
    private static final String SELECT = """
            SELECT id, name, display_name, sso_name, description, metadata, user_count, sa_count, created_at, version
            FROM groups
            """;
    private static final String BY_NAME = SELECT + " WHERE organization_id = $1 AND name = $2";
    private static final String BY_ID = SELECT + " WHERE organization_id = $1 AND id = $2";
    private static final String BEHIND = SELECT + " WHERE organization_id = $1 AND name > $2 ORDER BY name LIMIT $3";

    private final KeyReads keys;
    private final ListReads lists;

    GroupReads(KeyReads keys, ListReads lists) {
        this.keys = keys;
        this.lists = lists;
    }

    public Uni<Optional<GroupSummary>> byName(UUID organizationId, String name) {
        return keys.read(BY_NAME, Tuple.of(organizationId, name)).map(rows -> Rows.first(rows, GroupReads::view));
    }

    public Uni<Optional<GroupSummary>> byId(UUID organizationId, UUID id) {
        return keys.read(BY_ID, Tuple.of(organizationId, id)).map(rows -> Rows.first(rows, GroupReads::view));
    }

    public Listing<GroupSummary> list(UUID organizationId) {
        return KeysetListing.byName(
                organizationId, "groups", GroupSummary::name, (behind, limit) -> behind(organizationId, behind, limit));
    }

    private Uni<List<GroupSummary>> behind(UUID organizationId, String name, int limit) {
        return lists.execute(BEHIND, Tuple.of(organizationId, name, limit))
                .map(rows -> Rows.list(rows, GroupReads::view));
    }

    private static GroupSummary view(Row row) {
        return new GroupSummary(
                row.getUUID(0),
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                ((JsonObject) row.getValue(5)).getMap(),
                row.getInteger(6),
                row.getInteger(7),
                Rows.instant(row, 8),
                null,
                row.getInteger(9));
    }
}
