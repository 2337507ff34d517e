package dev.roster.security;

import dev.roster.revocation.RevocationFeed;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.SecurityIdentityAugmentor;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Gives an authenticated identity the permissions of its token. While this replica does not hear
 * what is revoked, the database says first whether the token still gives access.
 */
@ApplicationScoped
public class CallerIdentities implements SecurityIdentityAugmentor {
    private final RevocationFeed revocations;
    private final Standings standings;

    CallerIdentities(RevocationFeed revocations, Standings standings) {
        this.revocations = revocations;
        this.standings = standings;
    }

    @Override
    public Uni<SecurityIdentity> augment(
            SecurityIdentity identity, AuthenticationRequestContext context) {
        if (!(identity.getPrincipal() instanceof CallerPrincipal principal)) {
            return Uni.createFrom().item(identity);
        }
        CallerIdentity caller = new CallerIdentity(identity, principal);
        return revocations.isInSync()
                ? Uni.createFrom().item(caller)
                : requireStanding(principal).replaceWith(caller);
    }

    private Uni<Void> requireStanding(CallerPrincipal principal) {
        return standings
                .find(principal.caller())
                .map(
                        found ->
                                found.filter(
                                                standing ->
                                                        standing.generation()
                                                                <= principal.generation())
                                        .orElseThrow(
                                                () ->
                                                        new AuthenticationFailedException(
                                                                "The token is revoked")))
                .replaceWithVoid();
    }
}
