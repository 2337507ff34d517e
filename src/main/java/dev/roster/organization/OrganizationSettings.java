package dev.roster.organization;

import dev.roster.audit.AuditEvent;
import dev.roster.audit.AuditLog;
import dev.roster.audit.AuditType;
import dev.roster.audit.Changes;
import dev.roster.audit.Target;
import dev.roster.caller.Caller;
import dev.roster.caller.Role;
import dev.roster.caller.Scope;
import dev.roster.platform.digest.Sha256;
import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;
import dev.roster.platform.persistence.Given;
import dev.roster.platform.persistence.Precondition;
import dev.roster.platform.persistence.Rows;
import dev.roster.platform.persistence.SessionSql;
import dev.roster.platform.persistence.UniqueRow;
import dev.roster.platform.persistence.UnitOfWork;
import dev.roster.user.CallerStanding;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** How the caller's own organization shows itself to its people: its name, its logo, and where they find help. */
@ApplicationScoped
public class OrganizationSettings {
    private static final String LOGO =
            "SELECT logo FROM organizations WHERE id = $1 AND logo_digest = $2 AND status = 'active'";
    private static final String SET_LOGO = "UPDATE organizations SET logo = $2, logo_digest = $3 WHERE id = $1";
    private static final String NO_LOGO = "UPDATE organizations SET logo = NULL, logo_digest = NULL WHERE id = $1";
    private static final int LONGEST_URL = 500;

    private final Pool database;
    private final AuditLog audit;
    private final Clock clock;

    OrganizationSettings(Pool database, AuditLog audit, Clock clock) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    /** The caller's organization. */
    public Uni<Organization> find(Caller caller) {
        return UniqueRow.required(
                UnitOfWork.session(() -> Organization.<Organization>findById(caller.organizationId())),
                ErrorCode.INVALID_TOKEN::refusal);
    }

    /**
     * Changes it, for who has all scopes of an administrator: everybody in it sees that; {@code invalid_request}, {@code
     * precondition_failed}.
     */
    public Uni<Organization> patch(Caller caller, PatchOrganization patch, Precondition precondition) {
        caller.require(Scope.USERS_WRITE);
        caller.requireDominance(Role.ADMIN);
        byte[] logo = patch.logo() == null ? null : picture(patch.logo());
        String supportUrl = patch.supportUrl() == null ? null : url(patch.supportUrl());
        return UnitOfWork.transaction(() -> UniqueRow.required(
                        Organization.lockById(caller.organizationId()), ErrorCode.INVALID_TOKEN::refusal)
                .call(() -> CallerStanding.require(caller))
                .invoke(organization -> precondition.check(organization.version))
                .call(organization -> change(organization, patch.displayName(), supportUrl, logo)));
    }

    /** The logo of a digest; empty where that is not an organization's, or not any more. */
    public Uni<Optional<byte[]>> logo(UUID organizationId, String digest) {
        return Rows.first(database, LOGO, Tuple.of(organizationId, digest), row -> row.getBuffer(0)
                .getBytes());
    }

    private Uni<Void> change(Organization organization, String displayName, String supportUrl, byte[] logo) {
        Map<String, Object> before = told(organization);
        Given.set(displayName, value -> organization.displayName = value);
        Given.set(supportUrl, value -> organization.supportUrl = value.isEmpty() ? null : value);
        if (logo != null) {
            organization.logoDigest = logo.length == 0
                    ? null
                    : HexFormat.of().formatHex(Sha256.of(logo)).substring(0, 32);
        }
        Changes changes = Changes.between(before, told(organization));
        if (changes.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        organization.updatedAt = clock.instant();
        AuditEvent changed = AuditEvent.of(organization.id, AuditType.ORGANIZATION_CHANGED)
                .on(Target.Kind.ORGANIZATION, organization.id, organization.name)
                .changing(changes);
        return keep(organization, logo)
                .chain(() -> organization.<Organization>persistAndFlush())
                .chain(() -> audit.record(changed));
    }

    // Not a part of the entity: nobody who reads an organization needs its picture
    private static Uni<Void> keep(Organization organization, byte[] logo) {
        if (logo == null) {
            return Uni.createFrom().voidItem();
        }
        Uni<Integer> kept = logo.length == 0
                ? SessionSql.update(NO_LOGO, organization.id)
                : SessionSql.update(SET_LOGO, organization.id, logo, organization.logoDigest);
        return kept.replaceWithVoid();
    }

    private static Map<String, Object> told(Organization organization) {
        Map<String, Object> told = new HashMap<>();
        told.put("display_name", organization.displayName);
        told.put("support_url", organization.supportUrl);
        told.put("logo", organization.logoDigest);
        return told;
    }

    private static byte[] picture(String base64) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException malformed) {
            throw RosterException.invalid("logo", "must be base64");
        }
        if (bytes.length > 0 && !Png.isAccepted(bytes)) {
            throw RosterException.invalid(
                    "logo", "must be a PNG of at most 65536 bytes and 1024 pixels a side, without texts and profiles");
        }
        return bytes;
    }

    private static String url(String text) {
        if (text.isEmpty()) {
            return text;
        }
        try {
            URI uri = new URI(text);
            boolean secure = "https".equals(uri.getScheme()) && uri.getHost() != null && uri.getRawUserInfo() == null;
            boolean mail = "mailto".equals(uri.getScheme())
                    && uri.getSchemeSpecificPart().contains("@");
            if (text.length() <= LONGEST_URL && (secure || mail)) {
                return text;
            }
        } catch (URISyntaxException notAUri) {
            // Said below
        }
        throw RosterException.invalid("support_url", "must be an https or mailto URL of at most 500 characters");
    }
}
