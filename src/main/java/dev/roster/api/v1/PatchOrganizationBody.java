package dev.roster.api.v1;

import dev.roster.organization.OrganizationStatus;
import dev.roster.platform.error.FieldError;
import dev.roster.platform.error.RosterException;
import dev.roster.platform.validation.Word;
import jakarta.validation.constraints.NotNull;

/**
 * A change of an organization.
 *
 * @param status {@code active} or {@code deactivated}
 */
public record PatchOrganizationBody(
        @NotNull(message = FieldError.REQUIRED) OrganizationStatus status) {
    boolean toActive() {
        if (!status.isSettable()) {
            throw RosterException.invalid("status", Word.rule(OrganizationStatus.class));
        }
        return status == OrganizationStatus.ACTIVE;
    }
}
