package dev.roster.api.v1;

import dev.roster.platform.error.FieldError;
import dev.roster.platform.validation.ResourceName;
import dev.roster.platform.validation.Text;
import jakarta.validation.constraints.NotNull;

/**
 * A new organization.
 *
 * @param displayName absent takes the name
 */
public record CreateOrganizationBody(
        @NotNull(message = FieldError.REQUIRED) @ResourceName
        String name,

        @Text(max = 150) String displayName) {
    String shownName() {
        return displayName == null ? name : displayName;
    }
}
