package dev.roster.email;

import dev.roster.platform.persistence.OrganizationRow;
import dev.roster.platform.persistence.RowId;
import io.smallrye.mutiny.Uni;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/**
 * An address that a person wants for its account and has not proven yet; its id is the account's.
 */
@Entity
@Table(name = "email_changes")
public class EmailChange extends OrganizationRow {
    public String email;

    /** The only token that confirms it: a new one ends the one before. */
    @Column(name = "token_id")
    public UUID tokenId;

    @Column(name = "expires_at")
    public Instant expiresAt;

    /** The change of a locked account; null where there is none. */
    static Uni<EmailChange> of(UUID organizationId, UUID userId) {
        return findById(new RowId(organizationId, userId));
    }

    /** Ends what a locked account waits for. */
    static Uni<Void> end(UUID organizationId, UUID userId) {
        return delete("organizationId = ?1 and id = ?2", organizationId, userId).replaceWithVoid();
    }
}
