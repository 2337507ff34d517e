package dev.roster.access.token;

import dev.roster.access.signing.SigningKeys;
import dev.roster.access.signing.TokenSigner;
import dev.roster.caller.Issuer;
import dev.roster.mail.Letter;
import dev.roster.platform.database.WorkOwner;
import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;

/** Signs and verifies the tokens of links in mails; see {@link LinkPurpose}. */
@ApplicationScoped
public class LinkTokens {
    // Real ones have about 500 characters.
    private static final int LONGEST = 4 * 1024;

    private final SigningKeys keys;
    private final TokenSigner signer;
    private final Issuer issuer;
    private final Clock clock;

    LinkTokens(SigningKeys keys, TokenSigner signer, Issuer issuer, Clock clock) {
        this.signer = signer;
        this.keys = keys;
        this.issuer = issuer;
        this.clock = clock;
    }

    /**
     * A signed token. It is made whenever it is needed and never kept: the database holds its id,
     * which is worth nothing without the signing key.
     */
    public Uni<String> sign(LinkPurpose purpose, LinkToken token) {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(issuer.url());
        claims.setAudience(audience(purpose));
        claims.setSubject(token.subjectId().toString());
        claims.setJwtId(token.id().toString());
        claims.setIssuedAt(NumericDate.fromSeconds(clock.instant().getEpochSecond()));
        claims.setExpirationTime(NumericDate.fromSeconds(token.expiresAt().getEpochSecond()));
        claims.setStringClaim(
                CallerClaims.ORGANIZATION_ID, token.organizationId().toString());
        claims.setStringClaim(CallerClaims.SCOPE, purpose.scope);
        return signer.sign(claims, purpose.type);
    }

    /**
     * The link of a mail. Pages of one's own find the token behind the hash sign, which browsers send to no server; those of
     * this service go by the code, as gateways that look at mails drop what stands there.
     */
    public Uni<String> link(String page, String code, LinkPurpose purpose, LinkToken token) {
        return sign(purpose, token).map(signed -> Letter.link(page, code) + "#token=" + signed);
    }

    /**
     * What a genuine token says, also one that has expired: the row it is about knows its end, and
     * its answer is more exact. {@code invalid_token} for everything else.
     */
    public LinkToken verify(LinkPurpose purpose, String token) {
        if (!SignedTokens.isWellSpelled(token, LONGEST)) {
            throw invalid(purpose);
        }
        try {
            JwtClaims claims = consumer(purpose).build().processToClaims(token);
            if (!purpose.scope.equals(claims.getStringClaimValue(CallerClaims.SCOPE))) {
                throw invalid(purpose);
            }
            UUID organizationId = UUID.fromString(claims.getStringClaimValue(CallerClaims.ORGANIZATION_ID));
            WorkOwner.set(organizationId);
            return new LinkToken(
                    organizationId,
                    UUID.fromString(claims.getSubject()),
                    UUID.fromString(claims.getJwtId()),
                    Instant.ofEpochSecond(claims.getExpirationTime().getValue()));
        } catch (InvalidJwtException | MalformedClaimException | RuntimeException refused) {
            throw invalid(purpose);
        }
    }

    private JwtConsumerBuilder consumer(LinkPurpose purpose) {
        return SignedTokens.ownConsumer(keys, issuer, purpose.type)
                .setExpectedAudience(true, audience(purpose))
                // Long ago, so that an expired token is still read
                .setEvaluationTime(NumericDate.fromSeconds(0))
                .setRequireSubject()
                .setRequireJwtId();
    }

    private String audience(LinkPurpose purpose) {
        return issuer.audience() + ":" + purpose.audience;
    }

    private static RosterException invalid(LinkPurpose purpose) {
        return RosterException.of(ErrorCode.INVALID_TOKEN, purpose.refusal);
    }
}
