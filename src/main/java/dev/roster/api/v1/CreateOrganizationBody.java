package dev.roster.api.v1;

import dev.roster.platform.validation.ResourceName;
import dev.roster.platform.validation.Text;
import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A new organization.
 *
 * @param displayName absent takes the name
 */
@Schema(name = "CreateOrganization")
public record CreateOrganizationBody(
        @NotNull(message = Required.MESSAGE) @ResourceName String name,
        @Text(max = 150) String displayName) {
    String shownName() {
        return displayName == null ? name : displayName;
    }
}
