package dev.roster.client;

import dev.roster.platform.paging.Cursor;
import dev.roster.platform.paging.Page;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.StreamSupport;

/** Reads the secrets of an account that are not revoked, the newest first. */
@ApplicationScoped
class SecretReads {
    private static final UUID BEFORE_ALL = new UUID(-1L, -1L);

    private static final String LIST =
            """
            SELECT id, name, client_id, created_at, expires_at, last_used_at FROM clients
             WHERE organization_id = $1 AND user_id = $2 AND id < $3 AND revoked_at IS NULL
             ORDER BY id DESC LIMIT $4
            """;

    private static final int STREAM_PAGE = 200;

    private final Pool database;

    SecretReads(Pool database) {
        this.database = database;
    }

    /**
     * A part of the list.
     *
     * @param cursor where the part before ended; null for the first
     */
    Uni<Page<SecretView>> page(UUID organizationId, UUID userId, String cursor, int limit) {
        String list = "secrets " + userId;
        UUID before =
                cursor == null
                        ? BEFORE_ALL
                        : Cursor.decode(
                                organizationId,
                                list,
                                cursor,
                                place -> UUID.fromString(place.get(0)));
        return read(organizationId, userId, before, limit + 1)
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
    Multi<List<SecretView>> stream(UUID organizationId, UUID userId) {
        AtomicReference<UUID> last = new AtomicReference<>(BEFORE_ALL);
        return Multi.createBy()
                .repeating()
                .uni(() -> read(organizationId, userId, last.get(), STREAM_PAGE))
                .whilst(
                        views -> {
                            if (!views.isEmpty()) {
                                last.set(views.get(views.size() - 1).id());
                            }
                            return views.size() == STREAM_PAGE;
                        })
                .filter(views -> !views.isEmpty());
    }

    private Uni<List<SecretView>> read(UUID organizationId, UUID userId, UUID before, int limit) {
        return database.preparedQuery(LIST)
                .execute(Tuple.of(organizationId, userId, before, limit))
                .map(
                        rows ->
                                StreamSupport.stream(rows.spliterator(), false)
                                        .map(SecretReads::view)
                                        .toList());
    }

    private static SecretView view(Row row) {
        return new SecretView(
                row.getUUID(0),
                row.getString(1),
                row.getString(2),
                instant(row, 3),
                instant(row, 4),
                instant(row, 5));
    }

    private static Instant instant(Row row, int column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }
}
