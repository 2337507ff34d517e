package dev.roster.access.client;

import dev.roster.caller.Role;
import dev.roster.user.SignInClientId;
import dev.roster.user.User;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.UUID;

/**
 * The clients through which persons sign in themselves: one an account, with a secret that nobody
 * knows and without the entry by which the token endpoint would find it.
 */
@ApplicationScoped
public class SignInClients {

    private static final String NAME = "Sign-in";

    private final Clock clock;

    SignInClients(Clock clock) {
        this.clock = clock;
    }

    /** An account that has proved, in another way than by a secret, that it is at its client. */
    public static AuthenticatedClient authenticated(
            UUID organizationId, String organization, int organizationGeneration, UUID userId, Role role, UUID id) {
        return new AuthenticatedClient(
                organizationId,
                organization,
                userId,
                role,
                id,
                SignInClientId.of(userId),
                null,
                false,
                organizationGeneration);
    }

    /**
     * The one of a locked account, made where there is none yet, inside the caller's transaction.
     *
     * @param organization the name
     * @param organizationGeneration how often it has been deactivated
     */
    public Uni<AuthenticatedClient> of(User account, String organization, int organizationGeneration) {
        return Client.named(account.organizationId, SignInClientId.of(account.id))
                .onItem()
                .ifNull()
                .switchTo(() -> create(account).<Client>persist())
                .map(client -> authenticated(
                        account.organizationId,
                        organization,
                        organizationGeneration,
                        account.id,
                        account.role,
                        client.id));
    }

    private Client create(User account) {
        Client client = Client.of(account, SignInClientId.of(account.id), NAME, clock.instant());
        client.secretDigest = Secret.digest(Secret.random());
        return client;
    }
}
