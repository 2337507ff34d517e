package dev.roster.access.application;

import dev.roster.access.session.ApplicationAudience;
import dev.roster.audit.AuditEvent;
import dev.roster.audit.AuditType;
import dev.roster.audit.Listed;
import dev.roster.audit.Target;
import dev.roster.platform.persistence.OrganizationRow;
import dev.roster.platform.persistence.SessionSql;
import dev.roster.platform.persistence.UniqueRow;
import io.smallrye.mutiny.Uni;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
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

    /** The algorithm by which its ID tokens are signed. */
    @Column(name = "id_token_signed_response_alg")
    public String idTokenAlgorithm;

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

    /** Since when nobody finds it any more, see {@link ApplicationRemoval}; null where it was not removed. */
    @Column(name = "removed_at")
    public Instant removedAt;

    @Version
    public int version;

    // No name of a group
    private static final String EVERYBODY = "*";

    private static final String FIND_IS_FOR = "SELECT " + ApplicationAudience.has("$3")
            + " FROM applications a WHERE a.organization_id = $1 AND a.id = $2 AND a.removed_at IS NULL";

    private static final String KEEP = kept("$1", "$2");

    private static final String LOCK_TO_REMOVE = """
            SELECT true FROM applications WHERE organization_id = $1 AND id = $2 AND removed_at IS NULL FOR UPDATE
            """;

    /** Whether an account may use an application, by its groups at this moment. */
    public static Uni<Boolean> isFor(UUID organizationId, UUID id, UUID account) {
        return SessionSql.value(Boolean.class, FIND_IS_FOR, organizationId, id, account)
                .map(Boolean.TRUE::equals);
    }

    /**
     * SQL: the id of an application that is not removed before the transaction ends. Whoever adds what belongs to it
     * asks this before it locks anything but the account: a foreign key asks later, and takes one that is going.
     */
    public static String kept(String organization, String id) {
        return "SELECT id FROM applications WHERE organization_id = %s AND id = %s AND removed_at IS NULL FOR KEY SHARE"
                .formatted(organization, id);
    }

    /** Whether it is there, and not removed before the transaction ends, see {@link #kept}. */
    public static Uni<Boolean> keep(UUID organizationId, UUID id) {
        return SessionSql.unflushed(UUID.class, KEEP, organizationId, id).map(kept -> kept != null);
    }

    /** The application, locked until the transaction ends; null where there is none. */
    static Uni<Application> lock(UUID organizationId, UUID id) {
        return UniqueRow.of(Application.<Application>find(
                        "organizationId = ?1 and id = ?2 and removedAt is null", organizationId, id)
                .withLock(LockModeType.PESSIMISTIC_WRITE));
    }

    /** The same, once nobody adds to it any more. */
    static Uni<Application> lockToRemove(UUID organizationId, UUID id) {
        return SessionSql.unflushed(Boolean.class, LOCK_TO_REMOVE, organizationId, id)
                .chain(() -> lock(organizationId, id));
    }

    /**
     * What an event may tell of it.
     *
     * @param mayUse the names of the groups that may use it; null for everybody
     */
    Map<String, Object> audited(Collection<String> mayUse) {
        Map<String, Object> fields = new HashMap<>();
        fields.put("name", name);
        fields.put("redirect_uris", Listed.words(redirectUris));
        fields.put("post_logout_redirect_uris", Listed.words(postLogoutRedirectUris));
        fields.put("scopes", Listed.words(scopes));
        fields.put("id_token_signed_response_alg", idTokenAlgorithm);
        fields.put("public", publicClient);
        fields.put("first_party", firstParty);
        fields.put("groups", mayUse == null ? EVERYBODY : Listed.names(new TreeSet<>(mayUse), name -> name));
        return fields;
    }

    AuditEvent event(AuditType type) {
        return AuditEvent.of(organizationId, type).on(Target.Kind.APPLICATION, id, name);
    }
}
