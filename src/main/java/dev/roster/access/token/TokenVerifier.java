package dev.roster.access.token;

import dev.roster.access.signing.SigningKeys;
import dev.roster.access.signing.VerificationKey;
import dev.roster.caller.Issuer;
import io.smallrye.jwt.auth.principal.ParseException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;

/** Verifies the access tokens of this service, as RFC 9068 section 4 asks. */
@ApplicationScoped
public class TokenVerifier {
    /** The media type of access tokens (RFC 9068 section 2.1). */
    public static final String TYPE = "at+jwt";

    /** How far the clocks of two replicas may be apart. */
    static final Duration SKEW = Duration.ofSeconds(30);

    // Tokens of this service have about 700 characters; this leaves room for long names.
    private static final int LONGEST = 8 * 1024;

    private final SigningKeys keys;
    private final Issuer issuer;
    private final Clock clock;

    TokenVerifier(SigningKeys keys, Issuer issuer, Clock clock) {
        this.keys = keys;
        this.issuer = issuer;
        this.clock = clock;
    }

    /**
     * The principal of a valid token.
     *
     * @throws ParseException for everything else, saying nothing about the reason to the client
     */
    public CallerPrincipal verify(String token) throws ParseException {
        if (!SignedTokens.isWellSpelled(token, LONGEST)) {
            throw new ParseException("The token is misspelled or too long");
        }
        try {
            AtomicReference<VerificationKey> key = new AtomicReference<>();
            JwtClaims claims = consumer(key).processToClaims(token);
            Instant expiresAt = Instant.ofEpochSecond(claims.getExpirationTime().getValue());
            return new CallerPrincipal(
                    token,
                    claims,
                    CallerClaims.read(claims),
                    CallerClaims.keyScopes(claims),
                    key.get(),
                    CallerClaims.generation(claims),
                    CallerClaims.organizationGeneration(claims),
                    expiresAt);
        } catch (InvalidJwtException | MalformedClaimException | RuntimeException refused) {
            throw new ParseException("The token is not valid", refused);
        }
    }

    // Built for each token: the time of evaluation is fixed in it, and a signature check costs a
    // hundred times as much.
    private JwtConsumer consumer(AtomicReference<VerificationKey> used) {
        int skew = (int) SKEW.toSeconds();
        return SignedTokens.ownConsumer(keys, issuer, TYPE)
                .setVerificationKeyResolver((signature, nesting) -> {
                    used.set(keys.resolve(signature));
                    return used.get().key();
                })
                .setExpectedAudience(true, issuer.audience())
                .setEvaluationTime(NumericDate.fromSeconds(clock.instant().getEpochSecond()))
                .setAllowedClockSkewInSeconds(skew)
                .setIssuedAtRestrictions(0, Integer.MAX_VALUE)
                .setRequireSubject()
                .setRequireJwtId()
                .build();
    }

    /** Whether the key of a principal is still one of this service's. */
    boolean stillTrusts(CallerPrincipal principal) {
        return keys.holds(principal.key());
    }
}
