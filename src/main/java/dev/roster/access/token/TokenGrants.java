package dev.roster.access.token;

import dev.roster.access.client.ApplicationAuthentication;
import dev.roster.access.client.AuthenticatedClient;
import dev.roster.access.client.ClientAuthentication;
import dev.roster.access.client.ClientCredentials;
import dev.roster.access.session.NewSession;
import dev.roster.access.session.OpenSession;
import dev.roster.access.session.SessionOpening;
import dev.roster.caller.Issuer;
import dev.roster.user.User;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Grants access tokens to clients that prove their secret (RFC 6749 section 4.4). */
@ApplicationScoped
public class TokenGrants {
    // Time to think of a new one; whoever takes longer signs in again
    private static final Duration TO_CHANGE_PASSWORD = Duration.ofMinutes(10);

    private final KnownGrants known;
    private final ClientAuthentication clients;
    private final ApplicationAuthentication applications;
    private final SessionOpening sessions;
    private final TokenIssuer tokens;
    private final Issuer issuer;
    private final Clock clock;

    TokenGrants(
            KnownGrants known,
            ClientAuthentication clients,
            ApplicationAuthentication applications,
            SessionOpening sessions,
            TokenIssuer tokens,
            Issuer issuer,
            Clock clock) {
        this.known = known;
        this.clients = clients;
        this.applications = applications;
        this.sessions = sessions;
        this.tokens = tokens;
        this.issuer = issuer;
        this.clock = clock;
    }

    /** A token in the session of the requesting host; fails with {@link OAuthError}. */
    public Uni<AccessToken> grant(ClientCredentials credentials, TokenTerms terms) {
        return known.find(credentials, terms, () -> prove(credentials, terms))
                .chain(grant -> issue(grant.client(), grant.session(), terms, now()));
    }

    /** Twice where the client was changed meanwhile, as by a rotation that leaves its secret for a while. */
    private Uni<KnownGrants.Proved> prove(ClientCredentials credentials, TokenTerms terms) {
        return proveOnce(credentials, terms)
                .chain(proved -> proved.isPresent() ? Uni.createFrom().item(proved) : proveOnce(credentials, terms))
                .map(proved -> proved.orElseThrow(OAuthError::invalidClient));
    }

    private Uni<Optional<KnownGrants.Proved>> proveOnce(ClientCredentials credentials, TokenTerms terms) {
        String address = terms.origin().address();
        return OAuthError.unlessFound(clients.authenticate(
                        credentials,
                        address,
                        () -> OAuthError.unlessOther(applications.authenticate(credentials, address))))
                .chain(client -> {
                    long news = known.news(client);
                    return open(client, terms, now())
                            .map(opened -> opened.map(session -> new KnownGrants.Proved(client, session, news)));
                });
    }

    /**
     * A token for a client that has proved who it is; empty where the account or the client was
     * changed meanwhile. Fails with {@link OAuthError} where the scope is not allowed.
     */
    public Uni<Optional<AccessToken>> grantTo(AuthenticatedClient client, TokenTerms terms) {
        Instant issuedAt = now();
        return open(client, terms, issuedAt).chain(opened -> opened.map(
                        session -> issue(client, session, terms, issuedAt).map(Optional::of))
                .orElseGet(() -> Uni.createFrom().item(Optional.empty())));
    }

    /**
     * The first token of a locked account that has just become active, inside the caller's
     * transaction: nothing is left to fail after it.
     */
    public Uni<AccessToken> grantFirst(User account, AuthenticatedClient client, TokenTerms terms) {
        GrantedScopes.require(terms, client);
        Instant issuedAt = now();
        return sessions.openFirst(session(client, terms, issuedAt), account)
                .chain(session -> issue(client, session, terms, issuedAt));
    }

    /** What is refused opens no session. */
    private Uni<Optional<OpenSession>> open(AuthenticatedClient client, TokenTerms terms, Instant issuedAt) {
        GrantedScopes.require(terms, client);
        return sessions.open(session(client, terms, issuedAt));
    }

    private NewSession session(AuthenticatedClient client, TokenTerms terms, Instant issuedAt) {
        return new NewSession(client, terms.origin(), end(client, terms, issuedAt), terms.proof());
    }

    private Uni<AccessToken> issue(
            AuthenticatedClient client, OpenSession session, TokenTerms terms, Instant issuedAt) {
        String scope = String.join(" ", GrantedScopes.of(terms, client));
        Instant expiresAt = end(client, terms, issuedAt);
        return tokens.issue(TokenSubject.of(client), session, scope, issuedAt, expiresAt)
                .map(token -> AccessToken.of(token, issuedAt, expiresAt, scope));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    /** A token does not outlive the secret it was given for. */
    private Instant end(AuthenticatedClient client, TokenTerms terms, Instant issuedAt) {
        Duration lifetime = issuer.tokenLifetime();
        boolean shorter = terms.proof().passwordExpired() && lifetime.compareTo(TO_CHANGE_PASSWORD) > 0;
        Instant usual = issuedAt.plus(shorter ? TO_CHANGE_PASSWORD : lifetime);
        return client.expiresAt() == null || client.expiresAt().isAfter(usual)
                ? usual
                : client.expiresAt().truncatedTo(ChronoUnit.SECONDS);
    }
}
