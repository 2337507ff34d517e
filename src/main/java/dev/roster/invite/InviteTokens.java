package dev.roster.invite;

import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;
import dev.roster.security.CallerClaims;
import dev.roster.security.Issuer;
import dev.roster.security.SignedTokens;
import dev.roster.security.SigningAlgorithm;
import dev.roster.security.SigningKeys;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;

/**
 * Signs and verifies the tokens that accept invites. Their type and audience are their own (RFC
 * 8725 section 3.11 and 3.9): no other route takes them, and no access token accepts an invite.
 */
@ApplicationScoped
public class InviteTokens {
    static final String TYPE = "invite+jwt";
    static final String SCOPE = "invite:accept";

    // Real ones have about 500 characters.
    private static final int LONGEST = 4 * 1024;

    private final SigningKeys keys;
    private final Issuer issuer;
    private final Clock clock;

    InviteTokens(SigningKeys keys, Issuer issuer, Clock clock) {
        this.keys = keys;
        this.issuer = issuer;
        this.clock = clock;
    }

    /**
     * A signed token. It is made whenever it is needed and never kept: the database holds its id,
     * which is worth nothing without the signing key.
     */
    String sign(InviteToken token) {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(issuer.url());
        claims.setAudience(audience());
        claims.setSubject(token.inviteId().toString());
        claims.setJwtId(token.id().toString());
        claims.setIssuedAt(NumericDate.fromSeconds(clock.instant().getEpochSecond()));
        claims.setExpirationTime(NumericDate.fromSeconds(token.expiresAt().getEpochSecond()));
        claims.setStringClaim(CallerClaims.ORGANIZATION_ID, token.organizationId().toString());
        claims.setStringClaim(CallerClaims.SCOPE, SCOPE);
        return keys.sign(claims, TYPE);
    }

    /**
     * What a genuine token says, also one that has expired: the invite itself knows its end, and
     * its answer is more exact. {@code invalid_token} for everything else.
     */
    public InviteToken verify(String token) {
        if (!SignedTokens.isWellSpelled(token, LONGEST)) {
            throw invalid();
        }
        try {
            JwtClaims claims = consumer().build().processToClaims(token);
            if (!SCOPE.equals(claims.getStringClaimValue(CallerClaims.SCOPE))) {
                throw invalid();
            }
            return new InviteToken(
                    UUID.fromString(claims.getStringClaimValue(CallerClaims.ORGANIZATION_ID)),
                    UUID.fromString(claims.getSubject()),
                    UUID.fromString(claims.getJwtId()),
                    Instant.ofEpochSecond(claims.getExpirationTime().getValue()));
        } catch (InvalidJwtException | MalformedClaimException | RuntimeException refused) {
            throw invalid();
        }
    }

    private JwtConsumerBuilder consumer() {
        return SignedTokens.consumer()
                .setJwsAlgorithmConstraints(SigningAlgorithm.permitted())
                .setVerificationKeyResolver((signature, nesting) -> keys.resolve(signature).key())
                .setExpectedType(true, TYPE)
                .setExpectedIssuer(true, issuer.url())
                .setExpectedAudience(true, audience())
                .setRequireExpirationTime()
                // Long ago, so that an expired token is still read
                .setEvaluationTime(NumericDate.fromSeconds(0))
                .setRequireIssuedAt()
                .setRequireSubject()
                .setRequireJwtId();
    }

    private String audience() {
        return issuer.audience() + ":invites";
    }

    private static RosterException invalid() {
        return RosterException.of(ErrorCode.INVALID_TOKEN, "The token is not one of an invite.");
    }
}
