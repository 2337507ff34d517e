package dev.roster.access.client;

import dev.roster.platform.persistence.Rows;
import dev.roster.platform.persistence.SessionSql;
import dev.roster.user.User;
import dev.roster.user.UserView;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Reads how long the credentials of service accounts last: one statement for a whole page. */
@ApplicationScoped
class CredentialReads {
    private static final String LAST_EXPIRY = """
            SELECT user_id, CASE WHEN bool_or(expires_at IS NULL) THEN NULL ELSE max(expires_at) END,
                   NOT bool_or(expires_at IS NULL OR expires_at > $3)
              FROM clients
             WHERE organization_id = $1 AND user_id = ANY ($2) AND revoked_at IS NULL
             GROUP BY user_id
            """;

    private final Pool pool;
    private final Clock clock;

    CredentialReads(Pool pool, Clock clock) {
        this.pool = pool;
        this.clock = clock;
    }

    /** A locked account with its credentials, as the caller's transaction leaves them. */
    Uni<ServiceAccountView> with(User user, UserView account) {
        return SessionSql.first(
                        row -> view(account, row),
                        LAST_EXPIRY,
                        user.organizationId,
                        new UUID[] {user.id},
                        Rows.now(clock))
                .map(found -> found.orElseGet(() -> view(account, null)));
    }

    /** An account with its credentials. */
    Uni<ServiceAccountView> with(UUID organizationId, UserView account) {
        return pool.preparedQuery(LAST_EXPIRY)
                .execute(Tuple.of(organizationId, new UUID[] {account.id()}, Rows.now(clock)))
                .map(rows -> Rows.first(rows, row -> view(account, row)).orElseGet(() -> view(account, null)));
    }

    /** The accounts with their credentials, in the same order. */
    Uni<List<ServiceAccountView>> with(UUID organizationId, List<UserView> accounts) {
        UUID[] ids = accounts.stream().map(UserView::id).toArray(UUID[]::new);
        return pool.preparedQuery(LAST_EXPIRY)
                .execute(Tuple.of(organizationId, ids, Rows.now(clock)))
                .map(rows -> {
                    Map<UUID, Row> byAccount = new HashMap<>();
                    rows.forEach(row -> byAccount.put(row.getUUID(0), row));
                    return accounts.stream()
                            .map(account -> view(account, byAccount.get(account.id())))
                            .toList();
                });
    }

    private static ServiceAccountView view(UserView account, Tuple row) {
        if (row == null) {
            return new ServiceAccountView(account, null, true);
        }
        return new ServiceAccountView(account, Rows.instant(row, 1), row.getBoolean(2));
    }
}
