package dev.roster.access.client;

import dev.roster.platform.paging.KeysetListing;
import dev.roster.platform.paging.Listing;
import dev.roster.platform.persistence.Rows;
import dev.roster.platform.standby.ListReads;
import dev.roster.user.SignInClientId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/** Reads the secrets of an account that are not revoked, the newest first. */
@ApplicationScoped
class SecretReads {
    private static final String LIST = """
            SELECT id, name, client_id, created_at, expires_at, last_used_at FROM clients
             WHERE organization_id = $1 AND user_id = $2 AND id < $3 AND revoked_at IS NULL
               AND client_id NOT LIKE '%s%%'
             ORDER BY id DESC LIMIT $4
            """.formatted(SignInClientId.PREFIX);

    private final ListReads lists;

    SecretReads(ListReads lists) {
        this.lists = lists;
    }

    Listing<SecretView> list(UUID organizationId, UUID userId) {
        return KeysetListing.newestFirst(
                organizationId,
                "secrets " + userId,
                SecretView::id,
                (before, limit) -> read(organizationId, userId, before, limit));
    }

    private Uni<List<SecretView>> read(UUID organizationId, UUID userId, UUID before, int limit) {
        return lists.execute(LIST, Tuple.of(organizationId, userId, before, limit))
                .map(rows -> Rows.list(rows, SecretView::of));
    }
}
