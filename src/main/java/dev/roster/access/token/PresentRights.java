package dev.roster.access.token;

import dev.roster.access.session.Standings;
import dev.roster.revocation.RevocationFeed;
import dev.roster.revocation.RevokedSubjects;
import io.quarkus.security.AuthenticationFailedException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;

/**
 * What an API key may do at present. It outlives the memory of revocations and the role it was made
 * under, so it is looked up when this replica first sees it, when its account has changed, and once
 * in a while. In between, requests with it read nothing.
 */
@ApplicationScoped
public class PresentRights {
    // The end of a key is remembered for two hours at least: whatever ends one after it was looked up is known until
    // long after it is looked up again.
    private static final long TRUSTED_MILLISECONDS = Duration.ofHours(1).toMillis();

    private final RevocationFeed revocations;
    private final RevokedSubjects subjects;
    private final Standings standings;
    private final Clock clock;

    PresentRights(RevocationFeed revocations, RevokedSubjects subjects, Standings standings, Clock clock) {
        this.revocations = revocations;
        this.subjects = subjects;
        this.standings = standings;
        this.clock = clock;
    }

    /**
     * A verified token with the rights it has now: an API key with those of its account, any other
     * as it is. Fails with {@link AuthenticationFailedException} once the key is ended.
     */
    public Uni<CallerPrincipal> of(CallerPrincipal token) {
        if (!token.isApiKey()) {
            return Uni.createFrom().item(token);
        }
        KeyStanding known = token.keyStanding();
        // Read before the database is: what is heard meanwhile asks for another look
        long news = news(token);
        return known != null && isTrusted(known) && isUnchanged(token, known)
                ? present(known)
                : find(token, news).chain(PresentRights::present);
    }

    // Asked last: what is known now is what had to be known to trust it
    private boolean isUnchanged(CallerPrincipal token, KeyStanding known) {
        return known.news() == news(token) && !token.isRevokedIn(subjects);
    }

    private long news(CallerPrincipal token) {
        return subjects.news(token.caller().organizationId(), token.caller().userId());
    }

    private boolean isTrusted(KeyStanding known) {
        return clock.millis() - known.foundAt() < TRUSTED_MILLISECONDS && revocations.isInSync();
    }

    private Uni<KeyStanding> find(CallerPrincipal token, long news) {
        long now = clock.millis();
        return standings
                .find(token.caller())
                .map(found -> found.map(standing -> token.as(standing.role())).orElse(null))
                .map(present -> new KeyStanding(present, news, now))
                .invoke(token::remember);
    }

    private static Uni<CallerPrincipal> present(KeyStanding standing) {
        return standing.present() == null
                ? Uni.createFrom().failure(new AuthenticationFailedException("The key is revoked"))
                : Uni.createFrom().item(standing.present());
    }
}
