package dev.roster.api.v1;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roster.caller.Role;
import dev.roster.platform.validation.Text;
import dev.roster.user.PatchUser;
import dev.roster.user.UserStatus;

/**
 * A change of a user; an absent or null field stays as it is.
 *
 * @param metadata merged by key: null removes a key, and instead of the object all keys
 * @param role for administrators
 * @param status for administrators: {@code active} or {@code deactivated}
 */
public record PatchUserBody(@Text(max = 150) String displayName, JsonNode metadata, Role role, UserStatus status) {
    PatchUser toPatch() {
        return PatchUser.of(displayName, null, role, PatchUser.settable(status), MetadataRules.patch(metadata));
    }
}
