package dev.roster.access.federation;

import dev.roster.access.federation.SignInRefused.Reason;
import dev.roster.access.federation.TrustedIssuers.Trusted;
import dev.roster.access.signing.SigningAlgorithm;
import dev.roster.access.signing.VerificationKey;
import dev.roster.access.token.SignedTokens;
import dev.roster.caller.Role;
import dev.roster.platform.validation.CanonicalText;
import io.quarkus.security.AuthenticationFailedException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwx.HeaderParameterNames;
import org.jose4j.lang.JoseException;

/** Verifies tokens of other issuers (RFC 7519 section 7.2, RFC 8725). */
@ApplicationScoped
class FederatedTokenVerifier {

    /** How far the clock of an issuer may be apart. */
    static final int SKEW_SECONDS = 30;

    // Some providers list groups in their tokens.
    private static final int LONGEST = 16 * 1024;

    private static final int LONGEST_SUBJECT = 255; // OpenID Connect Core section 2

    private static final Set<String> TYPES = Set.of("JWT", "AT+JWT", "APPLICATION/AT+JWT");

    private final TrustedIssuers issuers;
    private final Clock clock;

    FederatedTokenVerifier(TrustedIssuers issuers, Clock clock) {
        this.issuers = issuers;
        this.clock = clock;
    }

    /** Whether a text can be a token, and has only one spelling. */
    static boolean isWellSpelled(String token) {
        return SignedTokens.isWellSpelled(token, LONGEST);
    }

    /** The trusted issuer that a token says it comes from; nothing about it is proven. */
    Optional<Trusted> issuer(String token) {
        if (!issuers.areOfTokens() || !isWellSpelled(token)) {
            return Optional.empty();
        }
        return SignedTokens.unproven(token)
                .flatMap(claims ->
                        claims.getClaimValue("iss") instanceof String url ? issuers.ofTokens(url) : Optional.empty());
    }

    /** The token, verified; fails with {@link AuthenticationFailedException}. */
    Uni<FederatedToken> verify(String token, Trusted from) {
        return verify(token, from, TYPES, from.issuer().audience().orElseThrow(), FederatedTokenVerifier::isForAccess);
    }

    /**
     * A token of any use, verified.
     *
     * @param types that its header may name
     * @param isFor whether its claims are those of a token for this use; may throw
     */
    Uni<FederatedToken> verify(
            String token, Trusted from, Set<String> types, String audience, Predicate<JwtClaims> isFor) {
        return Uni.createFrom()
                .item(() -> keyName(token, types))
                .chain(name -> from.keys().find(name))
                .map(key -> key.orElseThrow(() -> refused("its key is unknown", null)))
                .map(key -> read(token, from, key, claims(token, from, key, audience), isFor));
    }

    private JwtClaims claims(String token, Trusted from, VerificationKey key, String audience) {
        try {
            return SignedTokens.consumer()
                    .setJwsAlgorithmConstraints(SigningAlgorithm.only(key.algorithm()))
                    .setVerificationKey(key.key())
                    .setExpectedIssuer(true, from.issuer().url())
                    .setExpectedAudience(true, audience)
                    .setEvaluationTime(NumericDate.fromSeconds(clock.instant().getEpochSecond()))
                    .setAllowedClockSkewInSeconds(SKEW_SECONDS)
                    .setIssuedAtRestrictions(0, Integer.MAX_VALUE)
                    .setRequireExpirationTime()
                    .setRequireSubject()
                    .build()
                    .processToClaims(token);
        } catch (InvalidJwtException failure) {
            throw refused("it is not valid", failure);
        }
    }

    private static FederatedToken read(
            String token, Trusted from, VerificationKey key, JwtClaims claims, Predicate<JwtClaims> isFor) {
        try {
            String subject = claims.getSubject();
            if (!isFor.test(claims)
                    || subject.isEmpty()
                    || subject.length() > LONGEST_SUBJECT
                    || !CanonicalText.isPrintable(subject)) {
                throw refused("its claims are not those of a token for this", null);
            }
            Role role = from.issuer()
                    .role()
                    .or(() -> from.issuer().roleClaim().flatMap(claim -> claim.read(claims)))
                    .orElseThrow(() -> refused("it has no role", new SignInRefused(Reason.NO_ROLE, "it has no role")));
            Instant expiresAt = Instant.ofEpochSecond(claims.getExpirationTime().getValue());
            return new FederatedToken(token, from, key, claims, subject, role, expiresAt);
        } catch (MalformedClaimException failure) {
            throw refused("it is not valid", failure);
        }
    }

    // Keycloak says in a claim what a token is for: an identity or refresh token is no access
    private static boolean isForAccess(JwtClaims claims) {
        return claims.getClaimValue("typ") == null || "Bearer".equals(claims.getClaimValue("typ"));
    }

    private static VerificationKey.Name keyName(String token, Set<String> types) {
        try {
            JsonWebSignature signature = new JsonWebSignature();
            signature.setCompactSerialization(token);
            String type = text(signature, HeaderParameterNames.TYPE);
            String id = text(signature, HeaderParameterNames.KEY_ID);
            String algorithm = text(signature, HeaderParameterNames.ALGORITHM);
            if (id == null || algorithm == null || (type != null && !types.contains(type.toUpperCase(Locale.ROOT)))) {
                throw refused("its header is not that of a token for this", null);
            }
            return new VerificationKey.Name(id, algorithm);
        } catch (JoseException malformed) {
            throw refused("it is malformed", malformed);
        }
    }

    /** A parameter of a header; null where there is none. */
    private static String text(JsonWebSignature signature, String name) {
        Object value = signature.getHeaders().getObjectHeaderValue(name);
        if (value != null && !(value instanceof String)) {
            throw refused("its header is malformed", null);
        }
        return (String) value;
    }

    static AuthenticationFailedException refused(String why, Throwable cause) {
        return new AuthenticationFailedException("A token of another issuer: " + why, cause);
    }
}
