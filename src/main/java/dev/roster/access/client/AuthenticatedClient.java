package dev.roster.access.client;

import dev.roster.caller.Role;
import dev.roster.user.SignInClientId;
import java.time.Instant;
import java.util.UUID;

/**
 * A client that proved its secret, with the account it acts for.
 *
 * @param organization the name of the organization
 * @param role the role of the account
 * @param id the row of the client
 * @param clientId its public identifier
 * @param expiresAt when its secret ends, and with it the last token for it; null means never
 * @param system whether its tokens may carry the {@code system} scope
 * @param organizationGeneration how often the organization has been deactivated
 */
public record AuthenticatedClient(
        UUID organizationId,
        String organization,
        UUID userId,
        Role role,
        UUID id,
        String clientId,
        Instant expiresAt,
        boolean system,
        int organizationGeneration) {

    /** Whether a person signs in through it, by something else than a secret. */
    public boolean signsIn() {
        return clientId.equals(SignInClientId.of(userId));
    }
}
