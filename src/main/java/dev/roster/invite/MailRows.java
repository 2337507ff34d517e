package dev.roster.invite;

import dev.roster.mail.Sender;
import dev.roster.platform.persistence.Rows;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** What the mail of an invite says at the time it leaves, and how it fared. */
@ApplicationScoped
class MailRows {
    private static final String LETTER = """
            SELECT i.status, i.token_id, i.expires_at, u.email, o.display_name, o.support_url
              FROM invites i
              JOIN organizations o ON o.id = i.organization_id
              JOIN users u ON u.organization_id = i.organization_id AND u.id = i.user_id
             WHERE i.organization_id = $1 AND i.id = $2
            """;

    // Not where the invite was sent again since: its newest mail is another one.
    private static final String MARK =
            "UPDATE invites SET mail_status = $4" + " WHERE organization_id = $1 AND id = $2 AND token_id = $3";

    private final Pool pool;

    MailRows(Pool pool) {
        this.pool = pool;
    }

    /** To whom, from which organization, and whether the invite is still open. */
    record InviteLetter(String recipient, Sender from, InviteState state) {

        /** Whether this token is still worth sending. */
        boolean isDue(UUID tokenId, Instant now) {
            return state.status() == InviteStatus.PENDING
                    && state.tokenId().equals(tokenId)
                    && now.isBefore(state.expiresAt());
        }
    }

    Uni<Optional<InviteLetter>> byInvite(UUID organizationId, UUID inviteId) {
        return Rows.first(pool, LETTER, Tuple.of(organizationId, inviteId), MailRows::letter);
    }

    Uni<Void> mark(UUID organizationId, UUID inviteId, UUID tokenId, MailStatus status) {
        return pool.preparedQuery(MARK)
                .execute(Tuple.of(organizationId, inviteId, tokenId, status.value()))
                .replaceWithVoid();
    }

    private static InviteLetter letter(Row row) {
        return new InviteLetter(
                row.getString(3), new Sender(row.getString(4), row.getString(5)), InviteRows.state(row));
    }
}
