package dev.roster.access.token;

import dev.roster.revocation.RevokedSubjects;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipalFactory;
import io.smallrye.jwt.auth.principal.ParseException;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * Verifies each token once and remembers it until it expires; a signature check costs more than
 * everything else that a request does. Refused tokens are not remembered: strangers must not fill
 * the memory, and one session takes a few places of it only.
 */
@Startup
@Alternative
@Priority(1)
@ApplicationScoped
public class VerifiedTokens extends JWTCallerPrincipalFactory {
    private final TokenVerifier verifier;
    private final RevokedSubjects revoked;
    private final Clock clock;
    private final TokenCache<CallerPrincipal> cache;

    VerifiedTokens(
            TokenVerifier verifier,
            RevokedSubjects revoked,
            Clock clock,
            TokenCacheSettings settings,
            MeterRegistry metrics) {
        this.verifier = verifier;
        this.revoked = revoked;
        this.clock = clock;
        cache = new TokenCache<>("verified_tokens", settings, metrics, clock);
    }

    @Override
    public CallerPrincipal parse(String token, JWTAuthContextInfo ignored) throws ParseException {
        Optional<CallerPrincipal> known = cache.find(token);
        CallerPrincipal principal = known.isPresent() ? known.get() : verifier.verify(token);
        requireStillValid(principal);
        if (known.isEmpty()) {
            cache.keep(token, principal.caller().sessionId(), principal, end(principal));
        }
        return principal;
    }

    /** What is asked on every request, also of a token whose signature is known to be good. */
    private void requireStillValid(CallerPrincipal principal) throws ParseException {
        if (!clock.instant().isBefore(end(principal))) {
            throw new ParseException("The token has expired");
        }
        if (!verifier.stillTrusts(principal)) {
            throw new ParseException("The key of the token is withdrawn");
        }
        if (principal.isRevokedIn(revoked)) {
            throw new ParseException("The token is revoked");
        }
    }

    private static Instant end(CallerPrincipal principal) {
        return principal.expiresAt().plus(TokenVerifier.SKEW);
    }
}
