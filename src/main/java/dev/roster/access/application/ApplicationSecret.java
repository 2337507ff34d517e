package dev.roster.access.application;

import dev.roster.platform.persistence.OrganizationRow;
import io.smallrye.mutiny.Uni;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** A secret of a confidential application: several, so that they rotate with overlap. */
@Entity
@Table(name = "application_secrets")
public class ApplicationSecret extends OrganizationRow {
    private static final String ONE = "organizationId = ?1 and applicationId = ?2 and id = ?3";

    @Column(name = "application_id")
    public UUID applicationId;

    public String name;

    /** SHA-256 of the secret, which itself is never kept. */
    @Column(name = "secret_digest")
    public byte[] secretDigest;

    @Column(name = "expires_at")
    public Instant expiresAt;

    @Column(name = "last_used_at")
    public Instant lastUsedAt;

    /** How many of an application's let it in. */
    static Uni<Long> countUsable(Application application, Instant now) {
        return count(
                "organizationId = ?1 and applicationId = ?2 and (expiresAt is null or expiresAt > ?3)",
                application.organizationId,
                application.id,
                now);
    }

    /** Takes one away; false where the application has none of this id. */
    static Uni<Boolean> end(Application application, UUID id) {
        return delete(ONE, application.organizationId, application.id, id).map(ended -> ended > 0);
    }
}
