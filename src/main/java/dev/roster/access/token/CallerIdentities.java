package dev.roster.access.token;

import dev.roster.access.session.LastSeen;
import dev.roster.access.session.Standings;
import dev.roster.caller.CurrentCaller;
import dev.roster.platform.http.Readmission;
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
        CurrentCaller.set(principal.caller());
        return present(principal)
                .invoke(present -> {
                    note(principal);
                    Readmission.by(() -> present(principal).invoke(later -> requireNoLess(later, present)));
                })
                .map(present -> new CallerIdentity(identity, present));
    }

    /** The token with the rights that it has now; fails where it gives no access any more. */
    private Uni<CallerPrincipal> present(CallerPrincipal principal) {
        if (principal.isApiKey()) {
            return rights.of(principal);
        }
        if (revocations.isInSync()) {
            requireNotRevoked(principal);
            return Uni.createFrom().item(principal);
        }
        return requireStanding(principal).replaceWith(principal);
    }

    private static void requireNoLess(CallerPrincipal later, CallerPrincipal before) {
        if (!later.caller().role().includes(before.caller().role())) {
            throw new AuthenticationFailedException("The account of the key has been demoted");
        }
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
