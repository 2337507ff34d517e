package dev.roster.user;

import dev.roster.security.Role;

/**
 * A change of an account; what is null stays as it is.
 *
 * @param fullName empty takes it away
 * @param email empty takes it away
 */
public record PatchUser(
        String displayName,
        String fullName,
        String email,
        String description,
        Role role,
        UserStatus status,
        MetadataPatch metadata) {

    /** Whether only an administrator may make this change. */
    boolean changesAccess() {
        return role != null || status != null;
    }
}
