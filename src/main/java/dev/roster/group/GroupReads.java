package dev.roster.group;

import dev.roster.platform.database.KeyReads;
import dev.roster.platform.paging.KeysetListing;
import dev.roster.platform.paging.Listing;
import dev.roster.platform.persistence.Rows;
import dev.roster.platform.persistence.SessionSql;
import dev.roster.platform.standby.ListReads;
import dev.roster.user.GroupSummary;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The reads of groups, in the order of their names: plain SQL, one statement each. */
@ApplicationScoped
public class GroupReads {
    private static final String BY_NAME = GroupSummary.SELECT + " WHERE organization_id = $1 AND name = $2";
    private static final String BY_ID = GroupSummary.SELECT + " WHERE organization_id = $1 AND id = $2";
    private static final String BEHIND =
            GroupSummary.SELECT + " WHERE organization_id = $1 AND name > $2 ORDER BY name LIMIT $3";

    private final KeyReads keys;
    private final ListReads lists;

    GroupReads(KeyReads keys, ListReads lists) {
        this.keys = keys;
        this.lists = lists;
    }

    public Uni<Optional<GroupSummary>> byName(UUID organizationId, String name) {
        return keys.read(BY_NAME, Tuple.of(organizationId, name)).map(rows -> Rows.first(rows, GroupSummary::of));
    }

    public Uni<Optional<GroupSummary>> byId(UUID organizationId, UUID id) {
        return keys.read(BY_ID, Tuple.of(organizationId, id)).map(rows -> Rows.first(rows, GroupSummary::of));
    }

    /** A group as the caller's transaction leaves it. */
    static Uni<Optional<GroupSummary>> changed(Group group) {
        return SessionSql.first(GroupSummary::of, BY_ID, group.organizationId, group.id);
    }

    public Listing<GroupSummary> list(UUID organizationId) {
        return KeysetListing.byName(
                organizationId, "groups", GroupSummary::name, (behind, limit) -> behind(organizationId, behind, limit));
    }

    private Uni<List<GroupSummary>> behind(UUID organizationId, String name, int limit) {
        return lists.execute(BEHIND, Tuple.of(organizationId, name, limit))
                .map(rows -> Rows.list(rows, GroupSummary::of));
    }
}
