package dev.roster.group;

import dev.roster.platform.paging.Cursor;
import dev.roster.platform.paging.Page;
import dev.roster.user.GroupSummary;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.StreamSupport;

/** The reads of groups, in the order of their names: plain SQL, one statement each. */
@ApplicationScoped
public class GroupReads {
    private static final int STREAM_PAGE = 200;

    private static final String SELECT =
            """
            SELECT id, name, display_name, sso_name, description, metadata, user_count, sa_count, created_at, version
            FROM groups
            """;
    private static final String BY_NAME = SELECT + " WHERE organization_id = $1 AND name = $2";
    private static final String BY_ID = SELECT + " WHERE organization_id = $1 AND id = $2";
    private static final String BEHIND =
            SELECT + " WHERE organization_id = $1 AND name > $2 ORDER BY name LIMIT $3";

    private final Pool pool;

    GroupReads(Pool pool) {
        this.pool = pool;
    }

    public Uni<Optional<GroupSummary>> byName(UUID organizationId, String name) {
        return pool.preparedQuery(BY_NAME)
                .execute(Tuple.of(organizationId, name))
                .map(rows -> views(rows).stream().findFirst());
    }

    public Uni<Optional<GroupSummary>> byId(UUID organizationId, UUID id) {
        return pool.preparedQuery(BY_ID)
                .execute(Tuple.of(organizationId, id))
                .map(rows -> views(rows).stream().findFirst());
    }

    /**
     * A part of the list of groups.
     *
     * @param cursor where the part before ended; null for the first
     */
    public Uni<Page<GroupSummary>> page(UUID organizationId, String cursor, int limit) {
        String behind =
                cursor == null
                        ? ""
                        : Cursor.decode(organizationId, "groups", cursor, place -> place.get(0));
        return behind(organizationId, behind, limit + 1)
                .map(
                        views ->
                                Page.of(
                                        views,
                                        limit,
                                        view ->
                                                Cursor.encode(
                                                        organizationId,
                                                        "groups",
                                                        List.of(view.name()))));
    }

    /**
     * All groups, page after page, as fast as they are asked for and never more than a page in
     * memory.
     */
    public Multi<List<GroupSummary>> stream(UUID organizationId) {
        AtomicReference<String> last = new AtomicReference<>("");
        return Multi.createBy()
                .repeating()
                .uni(() -> behind(organizationId, last.get(), STREAM_PAGE))
                .whilst(
                        views -> {
                            if (!views.isEmpty()) {
                                last.set(views.get(views.size() - 1).name());
                            }
                            return views.size() == STREAM_PAGE;
                        })
                .filter(views -> !views.isEmpty());
    }

    private Uni<List<GroupSummary>> behind(UUID organizationId, String name, int limit) {
        return pool.preparedQuery(BEHIND)
                .execute(Tuple.of(organizationId, name, limit))
                .map(GroupReads::views);
    }

    private static List<GroupSummary> views(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false).map(GroupReads::view).toList();
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
                row.getOffsetDateTime(8).toInstant(),
                null,
                row.getInteger(9));
    }
}
