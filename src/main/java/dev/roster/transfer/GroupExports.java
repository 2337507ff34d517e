package dev.roster.transfer;

import dev.roster.caller.Caller;
import dev.roster.caller.Scope;
import dev.roster.platform.paging.Part;
import dev.roster.platform.persistence.Rows;
import dev.roster.platform.standby.ListReads;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Gives all groups of an organization away, in parts and with no connection held between. */
@ApplicationScoped
public class GroupExports {
    // By id, which never changes, as the persons
    private static final String GROUPS = """
            SELECT id, name, display_name, sso_name, description, CAST(metadata AS text)
              FROM groups WHERE organization_id = $1 AND id > $2 AND created_at <= $3 ORDER BY id LIMIT
            """ + Part.SIZE;

    private final ListReads lists;
    private final Clock clock;

    GroupExports(ListReads lists, Clock clock) {
        this.lists = lists;
        this.clock = clock;
    }

    /** The groups that are there now, in parts of which none is empty, as fast as they are asked for. */
    public Multi<List<ExportedGroup>> groups(Caller caller) {
        caller.require(Scope.GROUPS_READ);
        Instant began = clock.instant();
        return Exports.parts(last -> read(caller, last, began), ExportedGroup::id);
    }

    private Uni<List<ExportedGroup>> read(Caller caller, UUID behind, Instant began) {
        return lists.execute(GROUPS, Tuple.of(caller.organizationId(), behind, Rows.utc(began)))
                .map(rows -> Rows.list(
                        rows,
                        row -> new ExportedGroup(
                                row.getUUID(0),
                                row.getString(1),
                                row.getString(2),
                                row.getString(3),
                                row.getString(4),
                                row.getString(5))));
    }
}
