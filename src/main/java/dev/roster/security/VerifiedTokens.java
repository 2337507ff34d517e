package dev.roster.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.roster.revocation.RevokedSubjects;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import io.quarkus.runtime.Startup;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipalFactory;
import io.smallrye.jwt.auth.principal.ParseException;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import java.time.Clock;
import java.time.Duration;

/**
 * Verifies each token once and remembers it until it expires; a signature check costs more than
 * everything else that a request does. Refused tokens are not remembered: strangers must not fill
 * the memory.
 *
 * <p>The key is the token itself: its principal holds that string anyway, and only who has a valid
 * token can add one, so neither memory nor collisions call for a digest.
 */
@Startup
@Alternative
@Priority(1)
@ApplicationScoped
// Caffeine picks its implementation by name; a native image must be told of it
@RegisterForReflection(
        classNames = {
            "com.github.benmanes.caffeine.cache.SSSMSA",
            "com.github.benmanes.caffeine.cache.PSWMS"
        })
public class VerifiedTokens extends JWTCallerPrincipalFactory {
    private final TokenVerifier verifier;
    private final RevokedSubjects revoked;
    private final Clock clock;
    private final boolean remembering;
    private final Cache<String, CallerPrincipal> cache;

    VerifiedTokens(
            TokenVerifier verifier,
            RevokedSubjects revoked,
            Clock clock,
            TokenCacheSettings settings,
            MeterRegistry metrics) {
        this.verifier = verifier;
        this.revoked = revoked;
        this.clock = clock;
        remembering = settings.checkedSize() > 0;
        cache =
                Caffeine.newBuilder()
                        .maximumSize(settings.checkedSize())
                        .expireAfter(Expiry.creating(this::remaining))
                        .recordStats()
                        .build();
        CaffeineCacheMetrics.monitor(metrics, cache, "verified_tokens");
    }

    @Override
    public CallerPrincipal parse(String token, JWTAuthContextInfo ignored) throws ParseException {
        CallerPrincipal known = cache.getIfPresent(token);
        CallerPrincipal principal = known == null ? verifier.verify(token) : known;
        requireStillValid(principal);
        if (known == null && remembering) {
            cache.put(token, principal);
        }
        return principal;
    }

    /** What is asked on every request, also of a token whose signature is known to be good. */
    private void requireStillValid(CallerPrincipal principal) throws ParseException {
        if (!clock.instant().isBefore(principal.expiresAt().plus(TokenVerifier.SKEW))) {
            throw new ParseException("The token has expired");
        }
        if (!verifier.stillTrusts(principal)) {
            throw new ParseException("The key of the token is withdrawn");
        }
        if (principal.isRevokedIn(revoked)) {
            throw new ParseException("The token is revoked");
        }
    }

    private Duration remaining(String token, CallerPrincipal principal) {
        return Duration.between(clock.instant(), principal.expiresAt().plus(TokenVerifier.SKEW));
    }
}
