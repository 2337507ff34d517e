package dev.roster.group;

import dev.roster.audit.AuditEvent;
import dev.roster.audit.AuditType;
import dev.roster.audit.Target;
import dev.roster.platform.persistence.OrganizationRow;
import dev.roster.platform.persistence.UniqueRow;
import io.smallrye.mutiny.Uni;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** A named set of accounts. */
@Entity(name = "UserGroup")
@Table(name = "groups")
public class Group extends OrganizationRow {
    /** Unique in the organization; lower-case letters, digits and hyphens. */
    public String name;

    @Column(name = "display_name")
    public String displayName;

    /** The name that an identity provider knows the group by. */
    @Column(name = "sso_name")
    public String ssoName;

    public String description;

    @JdbcTypeCode(SqlTypes.JSON)
    public Map<String, Object> metadata;

    @Column(name = "external_id")
    public String externalId;

    /**
     * Kept, not counted, by the statements that add and remove memberships alone. Members coming and going is not a change of
     * the group itself: its version stays.
     */
    @Column(name = "user_count", updatable = false)
    public int userCount;

    @Column(name = "sa_count", updatable = false)
    public int serviceAccountCount;

    @Column(name = "updated_at")
    public Instant updatedAt;

    /** When its removal began, see {@link GroupRemoval}; nobody joins it any more. */
    @Column(name = "removed_at")
    public Instant removedAt;

    @Version
    public int version;

    /** The group as the audit log may tell of it. */
    Map<String, Object> audited() {
        Map<String, Object> fields = new HashMap<>();
        fields.put("name", name);
        fields.put("display_name", displayName);
        fields.put("sso_name", ssoName);
        fields.put("description", description);
        return fields;
    }

    /** Something that happens to the group. */
    AuditEvent event(AuditType type) {
        return AuditEvent.of(organizationId, type).on(Target.Kind.GROUP, id, name);
    }

    /** The group of this name, locked until the transaction ends; null where there is none. */
    static Uni<Group> lockByName(UUID organizationId, String name) {
        return UniqueRow.of(Group.<Group>find("organizationId = ?1 and name = ?2", organizationId, name)
                .withLock(LockModeType.PESSIMISTIC_WRITE));
    }
}
