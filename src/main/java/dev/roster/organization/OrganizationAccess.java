package dev.roster.organization;

import dev.roster.audit.AuditLog;
import dev.roster.audit.AuditType;
import dev.roster.caller.Caller;
import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.persistence.Rows;
import dev.roster.platform.persistence.UnitOfWork;
import dev.roster.platform.persistence.Uuids;
import dev.roster.revocation.Revocations;
import dev.roster.user.ActiveOrganization;
import dev.roster.user.CallerStanding;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;

/**
 * Switches organizations off and on, and deletes those that are off. Nobody gets in while one is
 * off; what sessions there were end for good, while secrets, passwords and API keys work again
 * after it is back.
 */
@ApplicationScoped
public class OrganizationAccess {
    // As long as any token lives. One row, however many accounts there are.
    private static final String REVOKE = Revocations.sql("""
                    WITH revoked AS (
                      SELECT CAST($1 AS uuid) AS organization_id, 'organization' AS subject_kind,
                             CAST($2 AS text) AS subject, CAST($3 AS integer) AS generation,
                             CAST($4 AS timestamptz) AS revoked_at,
                             CAST($4 AS timestamptz) + interval '25 hours' AS last_token_at)
                    """);

    private final AuditLog audit;
    private final Revocations revocations;
    private final Clock clock;

    OrganizationAccess(AuditLog audit, Revocations revocations, Clock clock) {
        this.audit = audit;
        this.revocations = revocations;
        this.clock = clock;
    }

    /**
     * Ends all access to an organization at once, or opens it again; {@code
     * organization_not_found}, {@code system_organization}.
     *
     * @param name or id
     */
    public Uni<Organization> change(Caller caller, String name, boolean active) {
        Uni<Organization> changed = UnitOfWork.transaction(() -> lock(caller, name)
                .call(organization ->
                        isActive(organization) == active ? Uni.createFrom().voidItem() : change(organization, active)));
        return active ? changed.call(revocations::settleIfAny) : revocations.heard(changed);
    }

    /**
     * Deletes an organization that is off: it is gone at once for everybody, and its name is free,
     * while its rows go in the background; {@code organization_active} and as above.
     */
    public Uni<Void> remove(Caller caller, String name) {
        // Another request may have switched it off just now
        return revocations.heard(UnitOfWork.transaction(() -> lock(caller, name)
                .invoke(organization -> ErrorCode.ORGANIZATION_ACTIVE.unless(!isActive(organization)))
                .call(organization -> audit.record(Organizations.events(AuditType.ORGANIZATION_REMOVED, organization)))
                .invoke(this::hide)
                .replaceWithVoid()));
    }

    private Uni<Organization> lock(Caller caller, String name) {
        // By the id first: another organization may have that as its name
        return lockById(name)
                .onItem()
                .ifNull()
                .switchTo(() -> Organization.lockByName(name))
                .invoke(found -> {
                    ErrorCode.ORGANIZATION_NOT_FOUND.unless(
                            found != null && found.status != OrganizationStatus.DELETING);
                    requireOther(caller, found);
                })
                .call(() -> CallerStanding.require(caller));
    }

    private static Uni<Organization> lockById(String id) {
        return Uuids.parse(id).map(Organization::lockById).orElseGet(() -> Uni.createFrom()
                .nullItem());
    }

    /**
     * Whoever switched off the organization that the installation is run from would be locked out.
     */
    private static void requireOther(Caller caller, Organization organization) {
        ErrorCode.SYSTEM_ORGANIZATION.unless(
                !organization.name.equals(Organizations.FIRST) && !organization.id.equals(caller.organizationId()));
    }

    private static boolean isActive(Organization organization) {
        return organization.status == OrganizationStatus.ACTIVE;
    }

    private Uni<Void> change(Organization organization, boolean active) {
        organization.status = active ? OrganizationStatus.ACTIVE : OrganizationStatus.DEACTIVATED;
        organization.generation += active ? 0 : 1;
        organization.updatedAt = clock.instant();
        organization.sessionsFrom = organization.updatedAt;
        AuditType type = active ? AuditType.ORGANIZATION_ACTIVATED : AuditType.ORGANIZATION_DEACTIVATED;
        return ActiveOrganization.close(organization.id)
                .chain(() -> audit.record(Organizations.events(type, organization)))
                .chain(() -> announce(organization));
    }

    /** Also of one that is back, which revokes no more: keys are looked at anew. */
    Uni<Void> announce(Organization organization) {
        return Revocations.write(
                REVOKE, organization.id, organization.id.toString(), organization.generation, Rows.now(clock));
    }

    private void hide(Organization organization) {
        Instant now = clock.instant();
        // Not by its id, which whoever makes organizations could take before
        organization.name = "deleting-" + UUID.randomUUID();
        organization.status = OrganizationStatus.DELETING;
        organization.updatedAt = now;
    }
}
