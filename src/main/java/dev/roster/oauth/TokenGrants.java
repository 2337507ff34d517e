package dev.roster.oauth;

import dev.roster.client.AuthenticatedClient;
import dev.roster.security.Issuer;
import dev.roster.session.NewSession;
import dev.roster.session.OpenSession;
import dev.roster.session.Sessions;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Grants access tokens to clients that prove their secret (RFC 6749 section 4.4). */
@ApplicationScoped
public class TokenGrants {
    private final ClientGate clients;
    private final Sessions sessions;
    private final TokenIssuer tokens;
    private final Issuer issuer;
    private final Clock clock;

    TokenGrants(
            ClientGate clients, Sessions sessions, TokenIssuer tokens, Issuer issuer, Clock clock) {
        this.clients = clients;
        this.sessions = sessions;
        this.tokens = tokens;
        this.issuer = issuer;
        this.clock = clock;
    }

    /** A token in the session of the requesting device; fails with {@link OAuthError}. */
    public Uni<AccessToken> grant(TokenRequest request) {
        return clients.admit(request.credentials(), request.ipAddress())
                .chain(client -> grant(request, client));
    }

    private Uni<AccessToken> grant(TokenRequest request, AuthenticatedClient client) {
        String scope = String.join(" ", GrantedScopes.of(request.scope(), client));
        Instant issuedAt = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Instant expiresAt = issuedAt.plus(issuer.tokenLifetime());
        return open(request, client, expiresAt)
                .map(session -> session.orElseThrow(OAuthError::invalidClient))
                .map(
                        session ->
                                tokens.issue(
                                        TokenSubject.of(client),
                                        session,
                                        scope,
                                        issuedAt,
                                        expiresAt))
                .map(token -> answer(token, scope));
    }

    private Uni<Optional<OpenSession>> open(
            TokenRequest request, AuthenticatedClient client, Instant expiresAt) {
        return sessions.open(
                new NewSession(
                        client.organizationId(),
                        client.userId(),
                        client.id(),
                        client.role(),
                        request.userAgent(),
                        request.ipAddress(),
                        expiresAt));
    }

    private AccessToken answer(String token, String scope) {
        return new AccessToken(token, "Bearer", issuer.tokenLifetime().toSeconds(), scope);
    }
}
