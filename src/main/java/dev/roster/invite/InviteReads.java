package dev.roster.invite;

import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;
import dev.roster.platform.paging.Cursor;
import dev.roster.platform.paging.Page;
import dev.roster.security.Caller;
import dev.roster.security.Scope;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

/** The reads of invites, the newest first: plain SQL, one statement each. */
@ApplicationScoped
public class InviteReads {
    private static final int STREAM_PAGE = 200;

    // Greater than every UUIDv7
    private static final UUID FIRST = new UUID(-1, -1);

    private static final String BY_ID =
            InviteRows.SELECT + " WHERE i.organization_id = $1 AND i.id = $2";
    private static final String BEHIND =
            InviteRows.SELECT + " WHERE i.organization_id = $1 AND i.id < $2";
    private static final String ORDER = " ORDER BY i.id DESC LIMIT ";
    private static final String STATE =
            """
            SELECT i.status, i.token_id, i.expires_at, o.name
              FROM invites i JOIN organizations o ON o.id = i.organization_id
             WHERE i.organization_id = $1 AND i.id = $2
            """;

    private final Pool pool;
    private final Clock clock;

    InviteReads(Pool pool, Clock clock) {
        this.pool = pool;
        this.clock = clock;
    }

    /** The invite of this id; {@code invite_not_found}. */
    public Uni<InviteView> find(Caller caller, UUID id) {
        caller.require(Scope.INVITES_WRITE);
        return pool.preparedQuery(BY_ID)
                .execute(Tuple.of(caller.organizationId(), id))
                .map(rows -> InviteRows.views(rows, clock.instant()).stream().findFirst())
                .map(found -> found.orElseThrow(InviteReads::notFound));
    }

    /**
     * A part of the list.
     *
     * @param status null for all
     * @param cursor where the part before ended; null for the first
     */
    public Uni<Page<InviteView>> page(
            Caller caller, InviteStatus status, String cursor, int limit) {
        caller.require(Scope.INVITES_WRITE);
        UUID organizationId = caller.organizationId();
        String list = "invites " + status;
        UUID behind =
                cursor == null
                        ? FIRST
                        : Cursor.decode(
                                organizationId,
                                list,
                                cursor,
                                place -> UUID.fromString(place.get(0)));
        return behind(organizationId, status, behind, limit + 1)
                .map(
                        views ->
                                Page.of(
                                        views,
                                        limit,
                                        view ->
                                                Cursor.encode(
                                                        organizationId,
                                                        list,
                                                        List.of(view.id().toString()))));
    }

    /** All invites, page after page, never more than one in memory. */
    public Multi<List<InviteView>> stream(Caller caller, InviteStatus status) {
        caller.require(Scope.INVITES_WRITE);
        AtomicReference<UUID> last = new AtomicReference<>(FIRST);
        return Multi.createBy()
                .repeating()
                .uni(() -> behind(caller.organizationId(), status, last.get(), STREAM_PAGE))
                .whilst(
                        views -> {
                            if (!views.isEmpty()) {
                                last.set(views.get(views.size() - 1).id());
                            }
                            return views.size() == STREAM_PAGE;
                        })
                .filter(views -> !views.isEmpty());
    }

    /**
     * How an invite stands.
     *
     * @param organization the name
     */
    record Standing(InviteState state, String organization) {}

    /** Whether an invite can still be accepted; empty where there is none. */
    Uni<Optional<Standing>> standing(UUID organizationId, UUID id) {
        return pool.preparedQuery(STATE)
                .execute(Tuple.of(organizationId, id))
                .map(rows -> InviteRows.standings(rows).stream().findFirst());
    }

    private Uni<List<InviteView>> behind(
            UUID organizationId, InviteStatus status, UUID behind, int limit) {
        Instant now = clock.instant();
        Tuple values = Tuple.of(organizationId, behind);
        String condition = InviteRows.condition(status);
        if (condition.contains("$3")) {
            values.addOffsetDateTime(now.atOffset(ZoneOffset.UTC));
        }
        return pool.preparedQuery(BEHIND + condition + ORDER + limit)
                .execute(values)
                .map(rows -> InviteRows.views(rows, now));
    }

    static RosterException notFound() {
        return RosterException.of(ErrorCode.INVITE_NOT_FOUND);
    }
}
