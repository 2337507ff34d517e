package dev.roster.transfer;

import java.util.List;
import java.util.UUID;

/**
 * A person as an import would make one.
 *
 * @param groups the names of its groups
 * @param metadata as JSON
 * @param passwordHash null where there is none, or it is not to be given away
 */
public record ExportedUser(
        UUID id,
        String externalId,
        String username,
        String displayName,
        String fullName,
        String email,
        String role,
        String status,
        List<String> groups,
        String metadata,
        String passwordHash,
        boolean passwordExpired,
        String avatarUrl,
        String company,
        String jobTitle) {

    /** Everything but the hash, which no log may show. */
    @Override
    public String toString() {
        return "ExportedUser[" + username + "]";
    }
}
