package dev.roster.access.token;

import dev.roster.access.client.AuthenticatedClient;
import dev.roster.access.client.ClientAuthentication;
import dev.roster.access.client.ClientCredentials;
import dev.roster.platform.error.RosterException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Lets clients into the OAuth endpoints, refusing the others as RFC 6749 section 5.2 says. */
@ApplicationScoped
public class ClientGate {
    private final ClientAuthentication clients;

    ClientGate(ClientAuthentication clients) {
        this.clients = clients;
    }

    /**
     * The client of these credentials; fails with {@link OAuthError}.
     *
     * @param address where the request comes from; null where that is not known
     */
    Uni<AuthenticatedClient> admit(ClientCredentials credentials, String address) {
        return clients.authenticate(credentials, address)
                .map(client -> client.orElseThrow(OAuthError::invalidClient))
                .onFailure(RosterException.class)
                .transform(failure -> slowDown((RosterException) failure));
    }

    private static Throwable slowDown(RosterException failure) {
        return failure.retryAfter().<Throwable>map(OAuthError::slowDown).orElse(failure);
    }
}
