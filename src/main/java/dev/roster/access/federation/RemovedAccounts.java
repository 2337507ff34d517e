package dev.roster.access.federation;

import dev.roster.platform.digest.Sha256;
import dev.roster.platform.persistence.Rows;
import dev.roster.platform.persistence.SessionSql;
import dev.roster.user.AccountFollower;
import dev.roster.user.User;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;

/**
 * Remembers which accounts of other issuers were deleted, so that their next token does not make
 * them anew. Digests only: what is deleted leaves neither a name nor an address behind.
 */
@ApplicationScoped
public class RemovedAccounts implements AccountFollower {
    private static final String ADD = """
            WITH added AS (
              INSERT INTO removed_federated_accounts (organization_id, subject_digest, removed_at)
              VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING 1)
            SELECT count(*) FROM added
            """;

    private final Clock clock;

    RemovedAccounts(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Rank rank() {
        return Rank.FEDERATION;
    }

    @Override
    public Uni<Void> beforeRemoval(User user) {
        return !user.isFederated()
                ? Uni.createFrom().voidItem()
                : SessionSql.value(
                                Long.class,
                                ADD,
                                user.organizationId,
                                digest(user.oauthProvider, user.oauthId),
                                Rows.now(clock))
                        .replaceWithVoid();
    }

    /** What stands for an issuer's subject. */
    static byte[] digest(String issuer, String subject) {
        return Sha256.of(issuer + "\n" + subject);
    }
}
