package dev.roster.access.token;

import dev.roster.access.client.AuthenticatedClient;
import dev.roster.caller.Role;
import java.util.UUID;

/**
 * For whom a token is issued.
 *
 * @param organization the name of the organization
 * @param organizationGeneration how often it has been deactivated
 * @param clientId the public identifier of the client
 */
public record TokenSubject(
        UUID organizationId, String organization, int organizationGeneration, UUID userId, Role role, String clientId) {

    static TokenSubject of(AuthenticatedClient client) {
        return new TokenSubject(
                client.organizationId(),
                client.organization(),
                client.organizationGeneration(),
                client.userId(),
                client.role(),
                client.clientId());
    }
}
