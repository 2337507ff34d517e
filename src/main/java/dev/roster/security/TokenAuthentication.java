package dev.roster.security;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.smallrye.jwt.runtime.auth.JWTAuthMechanism;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.quarkus.vertx.http.runtime.security.HttpCredentialTransport;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import java.util.Optional;
import java.util.Set;

/**
 * Takes the token from the {@code Authorization} header, of which there must be one only: two
 * parties that read different ones would see different callers.
 */
@Alternative
@Priority(1)
@ApplicationScoped
public class TokenAuthentication implements HttpAuthenticationMechanism {
    private static final String BEARER = "Bearer ";

    private final JWTAuthMechanism tokens;
    private final ForeignTokens foreign;

    TokenAuthentication(JWTAuthMechanism tokens, ForeignTokens foreign) {
        this.tokens = tokens;
        this.foreign = foreign;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(
            RoutingContext request, IdentityProviderManager identities) {
        if (request.request().headers().getAll(HttpHeaders.AUTHORIZATION).size() > 1) {
            return Uni.createFrom()
                    .failure(new AuthenticationFailedException("several Authorization headers"));
        }
        Uni<SecurityIdentity> identity =
                bearer(request)
                        .flatMap(foreign::authenticate)
                        .map(caller -> caller.map(principal -> identity(principal, request)))
                        .orElseGet(() -> tokens.authenticate(request, identities));
        // It has put itself there, and would be asked for the challenge
        request.put(HttpAuthenticationMechanism.class.getName(), this);
        return identity;
    }

    private static Optional<String> bearer(RoutingContext request) {
        return Optional.ofNullable(request.request().headers().get(HttpHeaders.AUTHORIZATION))
                .filter(value -> value.regionMatches(true, 0, BEARER, 0, BEARER.length()))
                .map(value -> value.substring(BEARER.length()));
    }

    private static SecurityIdentity identity(CallerPrincipal principal, RoutingContext request) {
        SecurityIdentity plain =
                QuarkusSecurityIdentity.builder()
                        .setPrincipal(principal)
                        .addAttribute(RoutingContext.class.getName(), request)
                        .build();
        return new CallerIdentity(plain, principal);
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext request) {
        return Uni.createFrom()
                .item(new ChallengeData(401, "WWW-Authenticate", Challenges.unauthorized(request)));
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return tokens.getCredentialTypes();
    }

    @Override
    public Uni<HttpCredentialTransport> getCredentialTransport(RoutingContext request) {
        return tokens.getCredentialTransport(request);
    }
}
