package dev.roster.access.reset;

import dev.roster.caller.Brand;
import java.util.UUID;

/**
 * What the holder of a link is told before it chooses a new password.
 *
 * @param organization the name
 * @param brand how it shows itself
 * @param displayName null where the account has none
 * @param fullName null where the account has none
 */
public record ResetPreview(
        UUID organizationId,
        UUID userId,
        String organization,
        Brand brand,
        String username,
        String email,
        String displayName,
        String fullName) {

    /** What the organization is called. */
    public String organizationName() {
        return brand.name();
    }
}
