package dev.roster.session;

import dev.roster.platform.paging.Cursor;
import dev.roster.platform.paging.Page;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.StreamSupport;

/** Reads the sessions of an account, the newest first. */
@ApplicationScoped
class SessionReads {
    private static final UUID BEFORE_ALL = new UUID(-1L, -1L);

    // Without API keys, which have no client and a list of their own. A session whose time has
    // passed has ended, whether or not anything has noted that.
    private static final String LIST =
            """
            SELECT s.id, c.client_id, c.name, s.ip_address, s.user_agent, s.created_at, s.last_seen_at, s.expires_at,
                   CASE WHEN s.expires_at <= $4 THEN least(s.ended_at, s.expires_at) ELSE s.ended_at END
              FROM sessions s
              JOIN clients c ON c.organization_id = s.organization_id AND c.id = s.client_id
             WHERE s.organization_id = $1 AND s.user_id = $2 AND s.id < $3
               AND (s.ended_at IS NULL AND s.expires_at > $4) = $5
             ORDER BY s.id DESC LIMIT $6
            """;

    private static final String EXISTS =
            """
            SELECT 1 FROM sessions
             WHERE organization_id = $1 AND user_id = $2 AND id = $3 AND client_id IS NOT NULL
            """;

    private static final int STREAM_PAGE = 200;

    private final Pool database;
    private final Clock clock;

    SessionReads(Pool database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * A part of the list.
     *
     * @param cursor where the part before ended; null for the first
     */
    Uni<Page<SessionView>> page(
            UUID organizationId, UUID userId, SessionStatus status, String cursor, int limit) {
        String list = "sessions " + userId + " " + status.value();
        UUID before =
                cursor == null
                        ? BEFORE_ALL
                        : Cursor.decode(
                                organizationId,
                                list,
                                cursor,
                                place -> UUID.fromString(place.get(0)));
        return read(organizationId, userId, status, before, limit + 1)
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
    Multi<List<SessionView>> stream(UUID organizationId, UUID userId, SessionStatus status) {
        AtomicReference<UUID> last = new AtomicReference<>(BEFORE_ALL);
        return Multi.createBy()
                .repeating()
                .uni(() -> read(organizationId, userId, status, last.get(), STREAM_PAGE))
                .whilst(
                        views -> {
                            if (!views.isEmpty()) {
                                last.set(views.get(views.size() - 1).id());
                            }
                            return views.size() == STREAM_PAGE;
                        })
                .filter(views -> !views.isEmpty());
    }

    /** Whether the account has this session, ended or not. */
    Uni<Boolean> exists(UUID organizationId, UUID userId, UUID sessionId) {
        return database.preparedQuery(EXISTS)
                .execute(Tuple.of(organizationId, userId, sessionId))
                .map(rows -> rows.size() > 0);
    }

    private Uni<List<SessionView>> read(
            UUID organizationId, UUID userId, SessionStatus status, UUID before, int limit) {
        Tuple parameters =
                Tuple.of(
                        organizationId,
                        userId,
                        before,
                        clock.instant().atOffset(ZoneOffset.UTC),
                        status == SessionStatus.ACTIVE,
                        limit);
        return database.preparedQuery(LIST)
                .execute(parameters)
                .map(
                        rows ->
                                StreamSupport.stream(rows.spliterator(), false)
                                        .map(SessionReads::view)
                                        .toList());
    }

    private static SessionView view(Row row) {
        return new SessionView(
                row.getUUID(0),
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                instant(row, 5),
                instant(row, 6),
                instant(row, 7),
                instant(row, 8));
    }

    private static Instant instant(Row row, int column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }
}
