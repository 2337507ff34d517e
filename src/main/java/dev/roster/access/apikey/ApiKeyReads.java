package dev.roster.access.apikey;

import dev.roster.platform.paging.KeysetListing;
import dev.roster.platform.paging.Listing;
import dev.roster.platform.persistence.Rows;
import dev.roster.platform.persistence.SessionSql;
import dev.roster.platform.standby.ListReads;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads the API keys that are not revoked, the newest first; those past their end for a while. */
@ApplicationScoped
class ApiKeyReads {
    private static final String SELECT = """
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
            SELECT + " WHERE k.organization_id = $1 AND k.id < $2 AND k.user_id = $4" + " ORDER BY k.id DESC LIMIT $3";

    private final Pool database;
    private final ListReads lists;

    ApiKeyReads(Pool database, ListReads lists) {
        this.database = database;
        this.lists = lists;
    }

    Uni<Optional<ApiKeyView>> find(UUID organizationId, UUID id) {
        return Rows.first(database, ONE, Tuple.of(organizationId, id), ApiKeyReads::view);
    }

    /** A key that the caller's transaction makes. */
    static Uni<Optional<ApiKeyView>> made(ApiKey key) {
        return SessionSql.first(ApiKeyReads::view, ONE, key.organizationId, key.id);
    }

    /**
     * Keys.
     *
     * @param owner null lists those of all accounts
     */
    Listing<ApiKeyView> list(UUID organizationId, UUID owner) {
        return KeysetListing.newestFirst(
                organizationId,
                "api keys " + owner,
                ApiKeyView::id,
                (before, limit) -> read(organizationId, owner, before, limit));
    }

    private Uni<List<ApiKeyView>> read(UUID organizationId, UUID owner, UUID before, int limit) {
        Uni<RowSet<Row>> rows = owner == null
                ? lists.execute(ALL, Tuple.of(organizationId, before, limit))
                : lists.execute(OF_OWNER, Tuple.of(organizationId, before, limit, owner));
        return rows.map(found -> Rows.list(found, ApiKeyReads::view));
    }

    private static ApiKeyView view(Tuple row) {
        return new ApiKeyView(
                row.getUUID(0),
                row.getUUID(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                List.of(row.getArrayOfStrings(6)),
                Rows.instant(row, 7),
                Rows.instant(row, 8),
                Rows.instant(row, 9));
    }
}
