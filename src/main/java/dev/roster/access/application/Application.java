package dev.roster.access.application;

import dev.roster.audit.AuditEvent;
import dev.roster.audit.AuditType;
import dev.roster.audit.Target;
import dev.roster.platform.persistence.OrganizationRow;
import dev.roster.platform.persistence.RowId;
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

/** A program that persons come from to sign in, and that then acts for them (RFC 6749 section 4.1). */
@Entity
@Table(name = "applications")
public class Application extends OrganizationRow {
    /** The public identifier, unique in the installation. */
    @Column(name = "client_id")
    public String clientId;

    public String name;

    @Column(name = "redirect_uris")
    public String[] redirectUris;

    @Column(name = "post_logout_redirect_uris")
    public String[] postLogoutRedirectUris;

    /** The most that a token for it may carry. */
    public String[] scopes;

    /** Whether it can keep no secret (RFC 6749 section 2.1). */
    @Column(name = "is_public")
    public boolean publicClient;

    /** Whether it is the operator's own, so that nobody is asked for consent. */
    @Column(name = "is_first_party")
    public boolean firstParty;

    /** Whose members may use it; null lets everybody. */
    @Column(name = "group_ids")
    public UUID[] groupIds;

    @Column(name = "updated_at")
    public Instant updatedAt;

    @Version
    public int version;

    /** The application, locked until the transaction ends; null where there is none. */
    static Uni<Application> lock(UUID organizationId, UUID id) {
        return Application.findById(new RowId(organizationId, id), LockModeType.PESSIMISTIC_WRITE);
    }

    /** What an event may tell of it. */
    Map<String, Object> audited() {
        Map<String, Object> fields = new HashMap<>();
        fields.put("name", name);
        fields.put("redirect_uris", String.join(" ", redirectUris));
        fields.put("post_logout_redirect_uris", String.join(" ", postLogoutRedirectUris));
        fields.put("scopes", String.join(" ", scopes));
        fields.put("public", publicClient);
        fields.put("first_party", firstParty);
        fields.put("groups", groupIds == null ? "everybody" : groupIds.length);
        return fields;
    }

    AuditEvent event(AuditType type) {
        return AuditEvent.of(organizationId, type).on(Target.Kind.APPLICATION, id, name);
    }
}
