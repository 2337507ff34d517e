package dev.roster.access.client;

import java.time.Instant;
import java.util.UUID;

/**
 * A secret of a service account, without the secret itself.
 *
 * @param name what it is for
 * @param clientId the public identifier that it belongs to
 * @param expiresAt null where it does not expire
 * @param lastUsedAt when a token was last got with it; null where none ever was
 */
public record SecretView(
        UUID id, String name, String clientId, Instant createdAt, Instant expiresAt, Instant lastUsedAt) {

    static SecretView of(Client client) {
        return new SecretView(
                client.id, client.name, client.clientId, client.createdAt, client.expiresAt, client.lastUsedAt);
    }
}
