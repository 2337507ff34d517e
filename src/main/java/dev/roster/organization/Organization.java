package dev.roster.organization;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;

/** The owner of rows: nothing of one organization is visible to another. */
@Entity
@Table(name = "organizations")
public class Organization extends PanacheEntityBase {
    @Id public UUID id;

    /** Unique in the installation; lower-case letters, digits and hyphens. */
    public String name;

    @Column(name = "display_name")
    public String displayName;

    @Column(name = "created_at")
    public Instant createdAt;

    @Column(name = "updated_at")
    public Instant updatedAt;

    @Version public int version;
}
