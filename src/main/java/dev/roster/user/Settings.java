package dev.roster.user;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** What a user keeps for itself: a JSON object that means nothing to the service. */
@Entity
@Table(name = "settings")
@IdClass(Settings.Key.class)
public class Settings extends PanacheEntityBase {
    @Id
    @Column(name = "organization_id")
    public UUID organizationId;

    @Id
    @Column(name = "user_id")
    public UUID userId;

    @JdbcTypeCode(SqlTypes.JSON)
    public Map<String, Object> settings;

    @Column(name = "updated_at")
    public Instant updatedAt;

    /** The primary key. */
    public record Key(UUID organizationId, UUID userId) implements Serializable {}
}
