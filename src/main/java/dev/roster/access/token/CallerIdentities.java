package dev.roster.access.token;

import dev.roster.access.session.LastSeen;
import dev.roster.access.session.Standings;
import dev.roster.caller.CurrentCaller;
import dev.roster.revocation.RevocationFeed;
import dev.roster.revocation.RevokedSubjects;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.SecurityIdentityAugmentor;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;

/**
 * Gives an authenticated identity the permissions of its token. While this replica does not hear
 * what is revoked, the database says first whether the token still gives access.
 */
@ApplicationScoped
public class CallerIdentities implements SecurityIdentityAugmentor {
    private static final long MINUTE_MILLISECONDS = 60_000;

    private final RevocationFeed revocations;
    private final RevokedSubjects subjects;
    private final Standings standings;
    private final PresentRights rights;
    private final LastSeen sightings;
    private final Clock clock;

    CallerIdentities(
            RevocationFeed revocations,
            RevokedSubjects subjects,
            Standings standings,
            PresentRights rights,
            LastSeen sightings,
            Clock clock) {
        this.revocations = revocations;
        this.subjects = subjects;
        this.standings = standings;
        this.rights = rights;
        this.sightings = sightings;
        this.clock = clock;
    }

    @Override
    public Uni<SecurityIdentity> augment(SecurityIdentity identity, AuthenticationRequestContext context) {
        if (!(identity.getPrincipal() instanceof CallerPrincipal principal)) {
            return Uni.createFrom().item(identity);
        }
        CurrentCaller.set(principal.caller(), () -> principal.isRevokedIn(subjects));
        if (principal.isApiKey()) {
            return rights.of(principal)
                    .invoke(() -> note(principal))
                    .map(present -> new CallerIdentity(identity, present));
        }
        CallerIdentity caller = new CallerIdentity(identity, principal);
        if (revocations.isInSync()) {
            requireNotRevoked(principal);
            note(principal);
            return Uni.createFrom().item(caller);
        }
        return requireStanding(principal).invoke(() -> note(principal)).replaceWith(caller);
    }

    // Asked before already, but maybe before this replica had heard everything
    private void requireNotRevoked(CallerPrincipal principal) {
        if (principal.isRevokedIn(subjects)) {
            throw new AuthenticationFailedException("The token is revoked");
        }
    }

    private void note(CallerPrincipal principal) {
        if (principal.isSeenFirstIn(clock.millis() / MINUTE_MILLISECONDS)) {
            sightings.saw(principal.caller());
        }
    }

    private Uni<Void> requireStanding(CallerPrincipal principal) {
        return standings
                .find(principal.caller())
                .map(found -> found.filter(principal::isWithin)
                        .orElseThrow(() -> new AuthenticationFailedException("The token is revoked")))
                .replaceWithVoid();
    }
}
