package dev.roster.api.v1;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roster.group.CreateGroup;
import dev.roster.platform.error.FieldError;
import dev.roster.platform.validation.ResourceName;
import dev.roster.platform.validation.Storable;
import dev.roster.platform.validation.Text;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;

/**
 * A new group.
 *
 * @param displayName absent takes the name
 * @param ssoName the name that an identity provider knows the group by; absent takes the name
 * @param members the names of its first members, users or service accounts
 */
public record CreateGroupBody(
        @NotNull(message = FieldError.REQUIRED)
        @ResourceName
        @Pattern(
                regexp = "(?s)(?!(?:import|export)\\z).*",
                message = "must not be one of the reserved words import, export")
        String name,

        @Text(max = 150) String displayName,
        @Text(max = 150) String ssoName,
        @Text(min = 0, max = 250, lines = true) String description,

        @Size(max = ChangeGroupsBody.MAX, message = ChangeGroupsBody.TOO_MANY)
        List<@NotNull(message = "must be a user's name") @Storable String> members,

        JsonNode metadata) {
    CreateGroup toGroup() {
        return new CreateGroup(name, displayName, ssoName, description, members, MetadataRules.initial(metadata));
    }
}
