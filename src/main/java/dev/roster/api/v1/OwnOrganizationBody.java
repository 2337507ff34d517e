package dev.roster.api.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.roster.caller.Brand;
import dev.roster.organization.Organization;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;

/**
 * The caller's organization.
 *
 * @param logoPath where its logo is, on this service; absent where it has none
 */
@RegisterForReflection
public record OwnOrganizationBody(
        UUID id,
        String name,
        String displayName,
        @JsonInclude(JsonInclude.Include.NON_NULL) String supportUrl,
        @JsonInclude(JsonInclude.Include.NON_NULL) String logoPath,
        Instant createdAt) {

    static OwnOrganizationBody of(Organization organization) {
        return new OwnOrganizationBody(
                organization.id,
                organization.name,
                organization.displayName,
                organization.supportUrl,
                organization.logoDigest == null ? null : Brand.logoPath(organization.id, organization.logoDigest),
                organization.createdAt);
    }
}
