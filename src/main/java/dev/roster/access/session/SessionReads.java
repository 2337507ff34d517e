package dev.roster.access.session;

import dev.roster.platform.metrics.CountedRows;
import dev.roster.platform.paging.KeysetListing;
import dev.roster.platform.paging.Listing;
import dev.roster.platform.persistence.Rows;
import dev.roster.platform.standby.ListReads;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.UUID;

/** Reads the sessions of an account, the newest first. */
@ApplicationScoped
class SessionReads {
    // Without API keys, which have no client and a list of their own. A session whose time has passed has ended, noted
    // or not. What belongs to each is looked up by itself: joins may be taken the other way round by the planner, which
    // then sorts all sessions of the account
    private static final String LIST = """
            SELECT s.id, coalesce(c.client_id, a.client_id), coalesce(c.name, a.name), s.ip_address, s.user_agent, s.created_at, s.last_seen_at, s.expires_at,
                   least(s.ended_at, CASE WHEN s.expires_at <= $4 THEN s.expires_at END, CASE WHEN NOT %1$s THEN o.sessions_from END)
              FROM sessions s
              JOIN LATERAL (SELECT p.sessions_from FROM organizations p WHERE p.id = s.organization_id OFFSET 0) o ON true
              LEFT JOIN LATERAL (SELECT b.client_id, b.name FROM clients b
                                  WHERE b.organization_id = $1 AND b.id = s.client_id OFFSET 0) c ON true
              LEFT JOIN LATERAL (SELECT b.client_id, b.name FROM applications b
                                  WHERE b.organization_id = $1 AND b.id = s.application_id AND b.removed_at IS NULL
                                 OFFSET 0) a ON true
             WHERE s.organization_id = $1 AND s.user_id = $2 AND s.id < $3
               AND (c.client_id IS NOT NULL OR a.client_id IS NOT NULL)
               AND (%2$s)
             ORDER BY s.id DESC LIMIT $5
            """;

    // A client goes on in the session of its host, whenever that began
    private static final String BEGUN =
            "(s.device <> CAST(s.id AS text) OR %s)".formatted(Session.isOfPresent("s", "o"));

    // Two statements, so that the few that are active are found by an index of these
    private static final String ACTIVE = LIST.formatted(BEGUN, "s.ended_at IS NULL AND s.expires_at > $4 AND " + BEGUN);
    private static final String ENDED =
            LIST.formatted(BEGUN, "s.ended_at IS NOT NULL OR s.expires_at <= $4 OR NOT " + BEGUN);

    private static final String EXISTS = """
            SELECT 1 FROM sessions
             WHERE organization_id = $1 AND user_id = $2 AND id = $3 AND NOT %s
            """.formatted(Session.IS_OF_KEY);

    private static final String IS_OF_BROWSER =
            "SELECT 1 FROM browser_sessions WHERE organization_id = $1 AND session_id = $2";

    private final Pool database;
    private final ListReads lists;
    private final Clock clock;

    SessionReads(Pool database, ListReads lists, Clock clock) {
        this.database = database;
        this.lists = lists;
        this.clock = clock;
    }

    /** Shows how many sessions there are, expired ones until they are cleaned up among them. */
    @Produces
    @Singleton
    static CountedRows open() {
        return new CountedRows(
                "roster.sessions.open",
                "Sessions that nobody has ended, over all replicas",
                "sessions WHERE ended_at IS NULL",
                "sessions_open_key");
    }

    Listing<SessionView> list(UUID organizationId, UUID userId, SessionStatus status) {
        return KeysetListing.newestFirst(
                organizationId,
                "sessions " + userId + " " + status.value(),
                SessionView::id,
                (before, limit) -> read(organizationId, userId, status, before, limit));
    }

    /** Whether the account has this session, ended or not. */
    Uni<Boolean> exists(UUID organizationId, UUID userId, UUID sessionId) {
        return database.preparedQuery(EXISTS)
                .execute(Tuple.of(organizationId, userId, sessionId))
                .map(rows -> rows.size() > 0);
    }

    /** Whether a browser is signed in with it, or was. */
    Uni<Boolean> isOfBrowser(UUID organizationId, UUID sessionId) {
        return database.preparedQuery(IS_OF_BROWSER)
                .execute(Tuple.of(organizationId, sessionId))
                .map(rows -> rows.size() > 0);
    }

    private Uni<List<SessionView>> read(
            UUID organizationId, UUID userId, SessionStatus status, UUID before, int limit) {
        Tuple parameters = Tuple.of(organizationId, userId, before, Rows.now(clock), limit);
        return lists.execute(status == SessionStatus.ACTIVE ? ACTIVE : ENDED, parameters)
                .map(rows -> Rows.list(rows, SessionReads::view));
    }

    private static SessionView view(Row row) {
        return new SessionView(
                row.getUUID(0),
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                Rows.instant(row, 5),
                Rows.instant(row, 6),
                Rows.instant(row, 7),
                Rows.instant(row, 8));
    }
}
