package dev.roster.api.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.roster.organization.NewOrganization;
import dev.roster.organization.Organization;
import dev.roster.organization.OrganizationStatus;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;

/**
 * An organization.
 *
 * @param credential of its first administrator; only in the answer that made it
 */
@RegisterForReflection
public record OrganizationBody(
        UUID id,
        String name,
        String displayName,
        Instant createdAt,
        OrganizationStatus status,
        @JsonInclude(JsonInclude.Include.NON_NULL) ServiceAccountBody.Credential credential) {

    static OrganizationBody of(Organization organization) {
        return of(organization, null);
    }

    static OrganizationBody of(NewOrganization created) {
        return of(created.organization(), ServiceAccountBody.Credential.of(created.client()));
    }

    private static OrganizationBody of(Organization organization, ServiceAccountBody.Credential credential) {
        return new OrganizationBody(
                organization.id,
                organization.name,
                organization.displayName,
                organization.createdAt,
                organization.status,
                credential);
    }
}
