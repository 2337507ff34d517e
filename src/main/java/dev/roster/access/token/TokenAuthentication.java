package dev.roster.access.token;

import dev.roster.access.federation.FederatedTokens;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.security.identity.request.TokenAuthenticationRequest;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.smallrye.jwt.runtime.auth.JsonWebTokenCredential;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.quarkus.vertx.http.runtime.security.HttpCredentialTransport;
import io.quarkus.vertx.http.runtime.security.HttpSecurityUtils;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import java.util.Set;

/**
 * Takes the token from the {@code Authorization} header, whose schemes {@code Bearer} and {@code
 * UserKey} carry the same kind of token, and finds out whose it is.
 */
@Alternative
@Priority(1)
@ApplicationScoped
public class TokenAuthentication implements HttpAuthenticationMechanism {
    private final FederatedTokens foreign;

    TokenAuthentication(FederatedTokens foreign) {
        this.foreign = foreign;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext request, IdentityProviderManager identities) {
        request.put(HttpAuthenticationMechanism.class.getName(), this);
        return Uni.createFrom().deferred(() -> BearerToken.read(
                        request.request().headers().getAll(HttpHeaders.AUTHORIZATION), BearerToken.ACCESS)
                .map(token -> identity(token, request, identities))
                .orElseGet(() -> Uni.createFrom().nullItem()));
    }

    private Uni<SecurityIdentity> identity(String token, RoutingContext request, IdentityProviderManager identities) {
        return foreign.authenticate(token)
                .map(caller -> caller.map(principal -> identity(principal, request)))
                .orElseGet(() -> identities.authenticate(HttpSecurityUtils.setRoutingContextAttribute(
                        new TokenAuthenticationRequest(new JsonWebTokenCredential(token)), request)));
    }

    private static SecurityIdentity identity(CallerPrincipal principal, RoutingContext request) {
        SecurityIdentity plain = QuarkusSecurityIdentity.builder()
                .setPrincipal(principal)
                .addAttribute(RoutingContext.class.getName(), request)
                .build();
        return new CallerIdentity(plain, principal);
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext request) {
        return Uni.createFrom().item(new ChallengeData(401, "WWW-Authenticate", Challenges.unauthorized(request)));
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return Set.of(TokenAuthenticationRequest.class);
    }

    @Override
    public Uni<HttpCredentialTransport> getCredentialTransport(RoutingContext request) {
        return Uni.createFrom().item(new HttpCredentialTransport(HttpCredentialTransport.Type.AUTHORIZATION, "bearer"));
    }
}
