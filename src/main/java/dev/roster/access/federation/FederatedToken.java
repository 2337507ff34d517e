package dev.roster.access.federation;

import dev.roster.access.federation.TrustedIssuers.Trusted;
import dev.roster.access.signing.VerificationKey;
import dev.roster.access.token.CallerClaims;
import dev.roster.caller.Role;
import java.time.Instant;
import java.util.Optional;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;

/**
 * A token of another issuer whose signature and claims are good.
 *
 * @param role what the issuer lets its account do
 * @param expiresAt clock skew not counted
 */
record FederatedToken(
        String text,
        Trusted from,
        VerificationKey key,
        JwtClaims claims,
        String subject,
        Role role,
        Instant expiresAt) {

    /** A claim that is a text; empty where there is none of that kind. */
    String text(String claim) {
        return claims.getClaimValue(claim) instanceof String text ? text : "";
    }

    /** When the person proved to the issuer who it is; empty where that is not said. */
    Optional<Instant> authenticatedAt() {
        try {
            return Optional.ofNullable(CallerClaims.authenticatedAt(claims));
        } catch (MalformedClaimException notATime) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "FederatedToken[" + subject + "]"; // a token must not end in a log
    }
}
