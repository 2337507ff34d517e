package dev.roster.access.openid;

import dev.roster.access.browser.BrowserSession;
import dev.roster.access.signing.SigningKeys;
import dev.roster.access.signing.TokenSigner;
import dev.roster.access.token.CallerClaims;
import dev.roster.access.token.SignedTokens;
import dev.roster.caller.Issuer;
import dev.roster.platform.digest.Sha256;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;

/**
 * Marks the way back from a sign-in that an application has asked for (OpenID Connect Core section 3.1.2.1), so that it is
 * known there whether the person has signed in since: by a signature, as the way leads through the browser.
 */
@ApplicationScoped
public class AskedSignIns {
    private static final String TYPE = "asked-sign-in+jwt";
    private static final String REQUEST = "request";

    // Longer than anybody looks at the form of a sign-in, or waits for the mail with a new password
    private static final Duration LIFE = Duration.ofHours(1);
    // Room for a signature by a long RSA key
    private static final int LONGEST = 4 * 1024;

    // The time may be that of another issuer, whose clock is another one
    private static final Duration SKEW = Duration.ofSeconds(30);

    private final SigningKeys keys;
    private final TokenSigner signer;
    private final Issuer issuer;
    private final Clock clock;

    AskedSignIns(SigningKeys keys, TokenSigner signer, Issuer issuer, Clock clock) {
        this.signer = signer;
        this.keys = keys;
        this.issuer = issuer;
        this.clock = clock;
    }

    /**
     * The mark of a request that somebody has to sign in for.
     *
     * @param request the text that comes back with the mark
     * @param present who is signed in so far
     */
    public Uni<String> mark(String request, Optional<BrowserSession> present) {
        Instant now = clock.instant();
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(issuer.url());
        claims.setIssuedAt(NumericDate.fromSeconds(now.getEpochSecond()));
        claims.setExpirationTime(NumericDate.fromSeconds(now.plus(LIFE).getEpochSecond()));
        claims.setStringClaim(REQUEST, Sha256.base64url(request));
        present.ifPresent(session -> claims.setStringClaim(
                CallerClaims.SESSION_ID, session.sessionId().toString()));
        return signer.sign(claims, TYPE);
    }

    /** What the person of a browser has done since its request was marked. */
    public SinceAsked since(String request, String mark, BrowserSession browser) {
        if (!SignedTokens.isWellSpelled(mark, LONGEST)) {
            return SinceAsked.NOTHING;
        }
        try {
            JwtClaims claims = consumer().processToClaims(mark);
            Instant asked =
                    Instant.ofEpochSecond(claims.getIssuedAt().getValue()).minus(SKEW);
            boolean another = Sha256.base64url(request).equals(claims.getStringClaimValue(REQUEST))
                    && !browser.sessionId().toString().equals(claims.getStringClaimValue(CallerClaims.SESSION_ID))
                    && !browser.begunAt().isBefore(asked);
            if (!another) {
                return SinceAsked.NOTHING;
            }
            return browser.authenticatedAt().isBefore(asked) ? SinceAsked.SIGNED_IN : SinceAsked.PROVEN;
        } catch (InvalidJwtException | MalformedClaimException | RuntimeException refused) {
            return SinceAsked.NOTHING;
        }
    }

    private JwtConsumer consumer() {
        return SignedTokens.ownConsumer(keys, issuer, TYPE)
                .setSkipDefaultAudienceValidation()
                .setEvaluationTime(NumericDate.fromSeconds(clock.instant().getEpochSecond()))
                .build();
    }
}
