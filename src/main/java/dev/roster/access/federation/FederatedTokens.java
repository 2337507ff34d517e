package dev.roster.access.federation;

import dev.roster.access.federation.TrustedIssuers.Trusted;
import dev.roster.access.session.LastSeen;
import dev.roster.access.token.CallerPrincipal;
import dev.roster.access.token.TokenCache;
import dev.roster.access.token.TokenCacheSettings;
import dev.roster.caller.Caller;
import dev.roster.caller.CurrentCaller;
import dev.roster.platform.http.Readmission;
import dev.roster.platform.request.OwnContext;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Lets tokens of trusted issuers in. A signature is verified once and remembered; its key, its time
 * and its account are looked at on every request.
 */
@ApplicationScoped
public class FederatedTokens {
    // The account is read for every request: none of its tokens outlives what it may do.
    private static final int FIRST_GENERATION = 0;

    private final FederatedTokenVerifier verifier;
    private final FederatedAccounts accounts;
    private final Clock clock;
    private final LastSeen sightings;
    private final TokenCache<Verified> verified;

    FederatedTokens(
            FederatedTokenVerifier verifier,
            FederatedAccounts accounts,
            LastSeen sightings,
            TokenCacheSettings settings,
            MeterRegistry metrics,
            Clock clock) {
        this.verifier = verifier;
        this.accounts = accounts;
        this.sightings = sightings;
        this.clock = clock;
        verified = new TokenCache<>("foreign_tokens", settings, metrics, clock);
    }

    /**
     * A verified token.
     *
     * @param seenInMinute when a request with it was last noted, counted from the epoch
     */
    private record Verified(FederatedToken token, AtomicLong seenInMinute) {}

    /** Whose tokens share the places of one in the memory. */
    private record Owner(String issuer, String subject) {}

    /**
     * The caller of a token of a trusted issuer; empty where no such issuer says that it is its
     * own.
     */
    public Optional<Uni<CallerPrincipal>> authenticate(String token) {
        return verified.find(token)
                .filter(known -> isStillGood(known.token()))
                .map(this::admit)
                .or(() -> verifier.issuer(token).map(from -> verify(token, from).chain(this::admit)));
    }

    private Uni<Verified> verify(String token, Trusted from) {
        return OwnContext.keep(verifier.verify(token, from))
                .map(fresh -> new Verified(fresh, new AtomicLong()))
                .invoke(fresh -> remember(token, fresh));
    }

    private void remember(String token, Verified fresh) {
        Owner owner =
                new Owner(fresh.token().from().issuer().url(), fresh.token().subject());
        verified.keep(token, owner, fresh, end(fresh.token()));
    }

    private Uni<CallerPrincipal> admit(Verified known) {
        return OwnContext.keep(accounts.caller(known.token()))
                .invoke(caller -> {
                    CurrentCaller.set(caller);
                    note(known, caller);
                    Readmission.by(() -> OwnContext.keep(accounts.caller(known.token()))
                            .invoke(later -> requireNoLess(later, caller)));
                })
                .map(caller -> principal(known.token(), caller));
    }

    private static void requireNoLess(Caller later, Caller before) {
        if (!later.is(before.userId()) || !later.role().includes(before.role())) {
            throw FederatedTokenVerifier.refused("its account is another, or has been demoted", null);
        }
    }

    /** Once a minute and token, so that a busy one costs no more than an idle one. */
    private void note(Verified token, Caller caller) {
        long minute = clock.instant().getEpochSecond() / 60;
        if (token.seenInMinute().getAndSet(minute) != minute) {
            sightings.saw(caller);
        }
    }

    private static CallerPrincipal principal(FederatedToken token, Caller caller) {
        return new CallerPrincipal(
                token.text(), token.claims(), caller, token.key(), FIRST_GENERATION, token.expiresAt());
    }

    private boolean isStillGood(FederatedToken token) {
        return token.from().keys().holds(token.key()) && clock.instant().isBefore(end(token));
    }

    private static Instant end(FederatedToken token) {
        return token.expiresAt().plusSeconds(FederatedTokenVerifier.SKEW_SECONDS);
    }
}
