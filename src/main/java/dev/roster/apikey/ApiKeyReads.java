package dev.roster.apikey;

import dev.roster.platform.paging.Cursor;
import dev.roster.platform.paging.Page;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.StreamSupport;

/** Reads the API keys that are not revoked, the newest first; those past their end for a while. */
@ApplicationScoped
class ApiKeyReads {
    private static final UUID BEFORE_ALL = new UUID(-1L, -1L);

    private static final String SELECT =
            """
            SELECT k.id, k.user_id, u.username, a.username, k.name, k.prefix, k.scopes, k.created_at, s.expires_at,
                   nullif(s.last_seen_at, s.created_at)
              FROM api_keys k
              JOIN sessions s ON s.organization_id = k.organization_id AND s.id = k.id AND s.ended_at IS NULL
              JOIN users u ON u.organization_id = k.organization_id AND u.id = k.user_id
              LEFT JOIN users a ON a.organization_id = k.organization_id AND a.id = k.created_by
            """;
    private static final String ONE = SELECT + " WHERE k.organization_id = $1 AND k.id = $2";
    private static final String ALL =
            SELECT + " WHERE k.organization_id = $1 AND k.id < $2" + " ORDER BY k.id DESC LIMIT $3";
    private static final String OF_OWNER =
            SELECT
                    + " WHERE k.organization_id = $1 AND k.id < $2 AND k.user_id = $4"
                    + " ORDER BY k.id DESC LIMIT $3";

    private static final int STREAM_PAGE = 200;

    private final Pool database;

    ApiKeyReads(Pool database) {
        this.database = database;
    }

    Uni<Optional<ApiKeyView>> find(UUID organizationId, UUID id) {
        return database.preparedQuery(ONE)
                .execute(Tuple.of(organizationId, id))
                .map(rows -> views(rows).stream().findFirst());
    }

    /**
     * A part of the list.
     *
     * @param owner null lists those of all accounts
     * @param cursor where the part before ended; null for the first
     */
    Uni<Page<ApiKeyView>> page(UUID organizationId, UUID owner, String cursor, int limit) {
        String list = "api keys " + owner;
        UUID before =
                cursor == null
                        ? BEFORE_ALL
                        : Cursor.decode(
                                organizationId,
                                list,
                                cursor,
                                place -> UUID.fromString(place.get(0)));
        return read(organizationId, owner, before, limit + 1)
                .map(
                        views ->
                                Page.of(
                                        views,
                                        limit,
                                        last ->
                                                Cursor.encode(
                                                        organizationId,
                                                        list,
                                                        List.of(last.id().toString()))));
    }

    /** All of them, page after page. */
    Multi<List<ApiKeyView>> stream(UUID organizationId, UUID owner) {
        AtomicReference<UUID> last = new AtomicReference<>(BEFORE_ALL);
        return Multi.createBy()
                .repeating()
                .uni(() -> read(organizationId, owner, last.get(), STREAM_PAGE))
                .whilst(
                        views -> {
                            if (!views.isEmpty()) {
                                last.set(views.get(views.size() - 1).id());
                            }
                            return views.size() == STREAM_PAGE;
                        })
                .filter(views -> !views.isEmpty());
    }

    private Uni<List<ApiKeyView>> read(UUID organizationId, UUID owner, UUID before, int limit) {
        return owner == null
                ? database.preparedQuery(ALL)
                        .execute(Tuple.of(organizationId, before, limit))
                        .map(ApiKeyReads::views)
                : database.preparedQuery(OF_OWNER)
                        .execute(Tuple.of(organizationId, before, limit, owner))
                        .map(ApiKeyReads::views);
    }

    private static List<ApiKeyView> views(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false).map(ApiKeyReads::view).toList();
    }

    private static ApiKeyView view(Row row) {
        return new ApiKeyView(
                row.getUUID(0),
                row.getUUID(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                List.of(row.getArrayOfStrings(6)),
                instant(row, 7),
                instant(row, 8),
                instant(row, 9));
    }

    private static Instant instant(Row row, int column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }
}
