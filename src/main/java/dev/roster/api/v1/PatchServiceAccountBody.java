package dev.roster.api.v1;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roster.caller.Role;
import dev.roster.platform.validation.Text;
import dev.roster.user.PatchUser;
import dev.roster.user.UserStatus;

/**
 * A change of a service account; an absent or null field stays as it is, metadata is merged by key.
 */
public record PatchServiceAccountBody(
        @Text(max = 150) String displayName,
        @Text(min = 0, max = 250, lines = true) String description,
        Role role,
        UserStatus status,
        JsonNode metadata) {
    PatchUser toPatch() {
        return PatchUser.of(displayName, description, role, PatchUser.settable(status), MetadataRules.patch(metadata));
    }
}
