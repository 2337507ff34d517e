package dev.roster.access.openid;

import dev.roster.access.signing.KeyRotation;
import dev.roster.access.signing.SigningAlgorithm;
import dev.roster.access.signing.SigningKeys;
import dev.roster.access.signing.TokenSigner;
import dev.roster.access.token.CallerClaims;
import dev.roster.access.token.OAuthError;
import dev.roster.access.token.SignedTokens;
import dev.roster.caller.Issuer;
import dev.roster.caller.Scope;
import dev.roster.user.User;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;

/** Signs ID tokens (OpenID Connect Core section 2), and reads those that come back as hints (section 3.1.2.1). */
@ApplicationScoped
public class IdTokens {
    private static final String TYPE = "JWT";

    // Clients put ID tokens into cookies and headers, and send them back as hints in a form of 16 KiB; of an account in
    // more groups, or in some whose names are longer together, userinfo tells them
    private static final int MOST_GROUPS = 200;
    private static final int MOST_BYTES_OF_GROUPS = 6_000;

    // Real ones have about 800 characters; this leaves room for groups
    private static final int LONGEST = 16 * 1024;

    // Long ago, so that nobody takes it for the token itself
    private static final NumericDate ENDED = NumericDate.fromSeconds(1);

    private final KeyRotation rotation;
    private final SigningKeys keys;
    private final TokenSigner signer;
    private final Issuer issuer;

    IdTokens(KeyRotation rotation, SigningKeys keys, TokenSigner signer, Issuer issuer) {
        this.signer = signer;
        this.rotation = rotation;
        this.keys = keys;
        this.issuer = issuer;
    }

    /**
     * What one says of a person, read in the transaction that gives it: a code is used up behind that. {@code invalid_grant}
     * once the account is gone.
     */
    public static Uni<Map<String, Object>> person(User account, Collection<String> scopes) {
        return PersonClaims.within(account.organizationId, account.id, scopes, MOST_GROUPS + 1)
                .map(found -> found.orElseThrow(OAuthError::invalidGrant));
    }

    /** A signed one. */
    public Uni<String> issue(IdTokenTerms terms) {
        SigningAlgorithm wanted =
                SigningAlgorithm.of(terms.application().idTokenAlgorithm()).orElseThrow();
        return rotation.provide(wanted).chain(() -> sign(terms, keys.available(wanted)));
    }

    /** What a genuine ID token says, also an expired one; empty for everything else. */
    public Optional<IdTokenHint> read(String token) {
        if (!SignedTokens.isWellSpelled(token, LONGEST)) {
            return Optional.empty();
        }
        try {
            JwtClaims claims = consumer().processToClaims(token);
            return Optional.of(new IdTokenHint(
                    claims.getAudience().get(0),
                    UUID.fromString(claims.getSubject()),
                    UUID.fromString(claims.getStringClaimValue(CallerClaims.SESSION_ID))));
        } catch (InvalidJwtException | MalformedClaimException | RuntimeException refused) {
            return Optional.empty();
        }
    }

    /**
     * The same hint with nothing but what {@link #read} says of it, to stand in a query: a whole one tells of its person,
     * and with its groups is longer than queries may be. What is not genuine stays as it is.
     */
    public Uni<String> shortened(String token) {
        return read(token).map(this::sign).orElseGet(() -> Uni.createFrom().item(token));
    }

    private Uni<String> sign(IdTokenHint hint) {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(issuer.url());
        claims.setAudience(hint.clientId());
        claims.setSubject(hint.userId().toString());
        claims.setIssuedAt(ENDED);
        claims.setExpirationTime(ENDED);
        claims.setStringClaim(CallerClaims.SESSION_ID, hint.sessionId().toString());
        return signer.sign(claims, TYPE);
    }

    private Uni<String> sign(IdTokenTerms terms, SigningAlgorithm algorithm) {
        return signer.sign(claims(terms, algorithm), TYPE, algorithm);
    }

    private JwtClaims claims(IdTokenTerms terms, SigningAlgorithm algorithm) {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(issuer.url());
        claims.setAudience(terms.application().clientId());
        claims.setIssuedAt(NumericDate.fromSeconds(terms.issuedAt().getEpochSecond()));
        claims.setExpirationTime(NumericDate.fromSeconds(terms.expiresAt().getEpochSecond()));
        CallerClaims.setAuthenticatedAt(claims, terms.authenticatedAt());
        claims.setStringClaim(CallerClaims.SESSION_ID, terms.sessionId().toString());
        claims.setStringClaim(
                "at_hash",
                Base64.getUrlEncoder().withoutPadding().encodeToString(algorithm.leftHalf(terms.accessToken())));
        if (terms.nonce() != null) {
            claims.setStringClaim("nonce", terms.nonce());
        }
        terms.person().forEach((name, value) -> {
            if (!isTooMuch(name, value)) {
                claims.setClaim(name, value);
            }
        });
        return claims;
    }

    private static boolean isTooMuch(String name, Object value) {
        if (!name.equals(Scope.GROUPS)) {
            return false;
        }
        Collection<?> groups = (Collection<?>) value;
        return groups.size() > MOST_GROUPS
                || groups.stream().mapToInt(group -> bytes(group.toString())).sum() > MOST_BYTES_OF_GROUPS;
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private JwtConsumer consumer() {
        return SignedTokens.ownConsumer(keys, issuer, TYPE)
                // Whose it is, its reader compares
                .setSkipDefaultAudienceValidation()
                // Long ago, so that an expired one is still read
                .setEvaluationTime(NumericDate.fromSeconds(0))
                .setRequireSubject()
                .build();
    }
}
