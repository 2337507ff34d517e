package dev.roster.access.reset;

import dev.roster.platform.persistence.OrganizationRow;
import dev.roster.platform.persistence.RowId;
import io.smallrye.mutiny.Uni;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** The newest link that lets the person of an account choose a new password; its id is the account's. */
@Entity
@Table(name = "password_resets")
public class PasswordReset extends OrganizationRow {
    /** The message that brought it: a later one has a higher id. */
    @Column(name = "request_id")
    public UUID requestId;

    /** Of the code in the link. */
    public byte[] digest;

    /** Where the link was sent to. */
    public String email;

    @Column(name = "expires_at")
    public Instant expiresAt;

    /** That of a locked account; null where there is none. */
    static Uni<PasswordReset> of(UUID organizationId, UUID userId) {
        return findById(new RowId(organizationId, userId));
    }
}
