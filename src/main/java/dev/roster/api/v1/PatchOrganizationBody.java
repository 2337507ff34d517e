package dev.roster.api.v1;

import dev.roster.organization.OrganizationStatus;
import dev.roster.platform.error.FieldError;
import dev.roster.platform.error.RosterException;
import jakarta.validation.constraints.NotNull;

/**
 * A change of an organization.
 *
 * @param status {@code active} or {@code deactivated}
 */
public record PatchOrganizationBody(
        @NotNull(message = FieldError.REQUIRED) OrganizationStatus status) {
    boolean toActive() {
        if (status == OrganizationStatus.DELETING) {
            throw RosterException.invalid("status", "must be one of active, deactivated");
        }
        return status == OrganizationStatus.ACTIVE;
    }
}
