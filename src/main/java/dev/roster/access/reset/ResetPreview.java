package dev.roster.access.reset;

import java.util.UUID;

/**
 * What the holder of a link is told before it chooses a new password.
 *
 * @param organization the name
 * @param organizationName what it is called
 * @param displayName null where the account has none
 * @param fullName null where the account has none
 */
public record ResetPreview(
        UUID organizationId,
        UUID userId,
        String organization,
        String organizationName,
        String username,
        String email,
        String displayName,
        String fullName) {}
