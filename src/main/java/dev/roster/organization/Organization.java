package dev.roster.organization;

import dev.roster.platform.persistence.UniqueRow;
import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import io.smallrye.mutiny.Uni;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** The owner of rows: nothing of one organization is visible to another. */
@Entity
@Table(name = "organizations")
public class Organization extends PanacheEntityBase {
    @Id
    public UUID id;

    /** Unique in the installation; lower-case letters, digits and hyphens. */
    public String name;

    @Column(name = "display_name")
    public String displayName;

    @Enumerated(EnumType.STRING)
    public OrganizationStatus status = OrganizationStatus.ACTIVE;

    /** How often it was deactivated: tokens of an earlier generation are revoked. */
    public int generation;

    /** When it was last switched off or on: sign-ins of before have ended; null where it never was. */
    @Column(name = "sessions_from")
    public Instant sessionsFrom;

    /** Where its people find help; null where it says none. */
    @Column(name = "support_url")
    public String supportUrl;

    /** Of the logo, which is no part of the entity; null where it has none. */
    @Column(name = "logo_digest")
    public String logoDigest;

    @Column(name = "created_at")
    public Instant createdAt;

    @Column(name = "updated_at")
    public Instant updatedAt;

    @Version
    public int version;

    /**
     * The organization of this name, locked until the transaction ends; null where there is none.
     */
    static Uni<Organization> lockByName(String name) {
        return UniqueRow.of(Organization.<Organization>find("name", name).withLock(LockModeType.PESSIMISTIC_WRITE));
    }

    /** The organization of this id, locked until the transaction ends; null where there is none. */
    static Uni<Organization> lockById(UUID id) {
        return Organization.findById(id, LockModeType.PESSIMISTIC_WRITE);
    }

    /** Organizations whose names follow this one, in the order of the names. */
    static Uni<List<Organization>> after(String name, int limit) {
        return Organization.<Organization>find(
                        "name > ?1 and status <> ?2 order by name", name, OrganizationStatus.DELETING)
                .range(0, limit - 1)
                .list();
    }
}
