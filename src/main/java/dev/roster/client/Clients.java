package dev.roster.client;

import dev.roster.platform.persistence.Uuids;
import dev.roster.user.User;
import dev.roster.user.UserRemoval;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;

/** Issues the clients of accounts and takes them away with them. */
@ApplicationScoped
@Priority(100) // after the sessions, which refer to clients
public class Clients implements UserRemoval {
    private final Clock clock;

    Clients(Clock clock) {
        this.clock = clock;
    }

    /**
     * Adds a client with a random identifier and secret, inside the caller's transaction.
     *
     * @param expiresAt null where it does not expire
     */
    public Uni<IssuedClient> issue(
            UUID organizationId, UUID userId, String name, Instant expiresAt) {
        Client client = client(organizationId, userId, name);
        client.clientId = Secret.randomClientId();
        client.expiresAt = expiresAt;
        return keep(client, Secret.random());
    }

    /**
     * Adds the client that may create organizations, inside the caller's transaction.
     *
     * @param clientId as the installation names it
     * @param secret null makes a random one
     */
    public Uni<IssuedClient> issueSystem(
            UUID organizationId, UUID userId, String clientId, String secret) {
        Client client = client(organizationId, userId, clientId);
        client.clientId = clientId;
        client.system = true;
        return keep(client, secret == null ? Secret.random() : secret);
    }

    @Override
    public Uni<Void> beforeRemoval(User user) {
        return ClientIdentifier.delete(
                        "clientId in (select c.clientId from Client c"
                                + " where c.organizationId = ?1 and c.userId = ?2)",
                        user.organizationId,
                        user.id)
                .chain(
                        () ->
                                Client.delete(
                                        "organizationId = ?1 and userId = ?2",
                                        user.organizationId,
                                        user.id))
                .replaceWithVoid();
    }

    private Client client(UUID organizationId, UUID userId, String name) {
        Instant now = clock.instant();
        Client client = new Client();
        client.organizationId = organizationId;
        client.id = Uuids.v7(now);
        client.userId = userId;
        client.name = name;
        client.createdAt = now;
        return client;
    }

    private static Uni<IssuedClient> keep(Client client, String secret) {
        client.secretDigest = Secret.digest(secret);
        ClientIdentifier identifier = new ClientIdentifier();
        identifier.clientId = client.clientId;
        identifier.organizationId = client.organizationId;
        return identifier
                .persist()
                .chain(() -> client.persist())
                .replaceWith(new IssuedClient(client, secret));
    }
}
