package dev.roster.access.client;

import java.util.Set;
import java.util.UUID;

/**
 * An application that proved its secret, or one that can have none and named itself.
 *
 * @param organization the name of the organization
 * @param organizationGeneration how often that has been deactivated
 * @param clientId its public identifier
 * @param scopes the most that its tokens carry
 * @param idTokenAlgorithm by which its ID tokens are signed
 * @param secretId which secret it proved; null where it has none
 */
public record AuthenticatedApplication(
        UUID organizationId,
        String organization,
        int organizationGeneration,
        UUID id,
        String clientId,
        Set<String> scopes,
        String idTokenAlgorithm,
        UUID secretId) {}
