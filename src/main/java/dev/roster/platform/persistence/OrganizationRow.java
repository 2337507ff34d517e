package dev.roster.platform.persistence;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.MappedSuperclass;
import java.time.Instant;
import java.util.UUID;

/**
 * A row that an organization owns. Its key starts with the organization, and so must every query
 * for it.
 */
@MappedSuperclass
@IdClass(RowId.class)
public abstract class OrganizationRow extends PanacheEntityBase {
    @Id
    @Column(name = "organization_id")
    public UUID organizationId;

    /** UUIDv7 (RFC 9562): ordered by time of creation. */
    @Id public UUID id;

    @Column(name = "created_at")
    public Instant createdAt;
}
