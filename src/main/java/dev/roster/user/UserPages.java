package dev.roster.user;

import dev.roster.platform.database.KeyReads;
import dev.roster.platform.persistence.Rows;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Completes pages of accounts with their groups: each is read once, however many of the accounts are in it. So a page costs
 * what its groups do, and not its memberships.
 */
@ApplicationScoped
class UserPages {
    // Others of the organization wait behind what is read by a key
    private static final int MOST = 100;

    // The subselect hides how many there are, for which PostgreSQL would plan each time
    private static final String GROUPS = GroupSummary.SELECT
            + " WHERE organization_id = $1 AND id = ANY (CAST((SELECT CAST($2 AS uuid[])) AS uuid[]))";

    private final KeyReads keys;

    UserPages(KeyReads keys) {
        this.keys = keys;
    }

    /** The accounts of rows that {@link UserRows#COLUMNS} begin; a row without an id is none. */
    Uni<List<UserView>> views(UUID organizationId, RowSet<Row> rows) {
        List<Row> users = new ArrayList<>();
        Set<UUID> ids = new HashSet<>();
        for (Row row : rows) {
            if (row.getValue(0) != null) {
                users.add(row);
                UserRows.memberships(row, (id, since) -> ids.add(id));
            }
        }
        return groups(organizationId, ids)
                .map(groups ->
                        users.stream().map(row -> UserRows.view(row, groups)).toList());
    }

    private Uni<Map<UUID, GroupSummary>> groups(UUID organizationId, Set<UUID> ids) {
        return Multi.createFrom()
                .iterable(ids)
                .group()
                .intoLists()
                .of(MOST)
                .onItem()
                .transformToUniAndConcatenate(
                        some -> keys.read(GROUPS, Tuple.of(organizationId).addArrayOfUUID(some.toArray(UUID[]::new))))
                .onItem()
                .transformToIterable(rows -> Rows.list(rows, GroupSummary::of))
                .collect()
                .with(Collectors.toMap(GroupSummary::id, Function.identity()));
    }
}
