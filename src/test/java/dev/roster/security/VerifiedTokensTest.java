package dev.roster.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.roster.revocation.TestRevocations;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.jwt.auth.principal.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;

/** What is remembered of a token, and for how long. */
class VerifiedTokensTest {
    private static final Issuer ISSUER = new Issuer("http://here", "roster", Duration.ofHours(1));

    private final EllipticCurveJsonWebKey key = newKey("k");
    private final MeterRegistry metrics = new SimpleMeterRegistry();
    private final MovingClock clock = new MovingClock();
    private final SigningKeys keys = new SigningKeys(List.of(key), clock);

    @Test
    void whenSeenBeforeThenNotVerifiedAgain() throws Exception {
        VerifiedTokens tokens = tokens(10);
        String token = token(clock.instant().plusSeconds(600));
        assertSame(tokens.parse(token, null), tokens.parse(token, null));
        assertEquals(1, gets("hit"));
        assertEquals(1, gets("miss"));
    }

    @Test
    void whenSizeIsZeroThenVerifiedEachTime() throws Exception {
        VerifiedTokens tokens = tokens(0);
        String token = token(clock.instant().plusSeconds(600));
        CallerPrincipal first = tokens.parse(token, null);
        assertNotSame(first, tokens.parse(token, null));
    }

    @Test
    void whenRememberedTokenExpiresThenRefused() throws Exception {
        VerifiedTokens tokens = tokens(10);
        String token = token(clock.instant().plusSeconds(600));
        tokens.parse(token, null);
        clock.now = clock.now.plusSeconds(629);
        tokens.parse(token, null);
        clock.now = clock.now.plusSeconds(1);
        assertThrows(ParseException.class, () -> tokens.parse(token, null));
    }

    @Test
    void whenRefusedThenNotRemembered() throws Exception {
        VerifiedTokens tokens = tokens(10);
        String token = token(clock.instant().minusSeconds(60));
        assertThrows(ParseException.class, () -> tokens.parse(token, null));
        assertThrows(ParseException.class, () -> tokens.parse(token, null));
        assertEquals(2, gets("miss"));
    }

    @Test
    void whenKeyIsWithdrawnThenRememberedTokenIsRefused() throws Exception {
        VerifiedTokens tokens = tokens(10);
        String token = token(clock.instant().plusSeconds(600));
        tokens.parse(token, null);
        keys.replace(List.of(newKey("other"), key));
        tokens.parse(token, null);
        keys.replace(List.of(newKey("k")));
        assertThrows(ParseException.class, () -> tokens.parse(token, null));
        keys.replace(List.of(newKey("other")));
        assertThrows(ParseException.class, () -> tokens.parse(token, null));
    }

    private VerifiedTokens tokens(int size) {
        TokenVerifier verifier = new TokenVerifier(keys, ISSUER, clock);
        return new VerifiedTokens(verifier, TestRevocations.none(), clock, () -> size, metrics);
    }

    private double gets(String result) {
        return metrics.get("cache.gets")
                .tag("cache", "verified_tokens")
                .tag("result", result)
                .functionCounter()
                .count();
    }

    private String token(Instant expiresAt) throws JoseException {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(ISSUER.url());
        claims.setAudience(ISSUER.audience());
        claims.setSubject(UUID.randomUUID().toString());
        claims.setGeneratedJwtId();
        claims.setIssuedAt(NumericDate.fromSeconds(clock.instant().getEpochSecond() - 120));
        claims.setExpirationTime(NumericDate.fromSeconds(expiresAt.getEpochSecond()));
        claims.setClaim("client_id", "a");
        claims.setClaim("sid", UUID.randomUUID().toString());
        claims.setClaim("org", UUID.randomUUID().toString());
        claims.setClaim("org_name", "a");
        claims.setClaim("scope", "users:read");
        claims.setClaim("groups", List.of("viewer"));
        JsonWebSignature signature = new JsonWebSignature();
        signature.setHeader("typ", "at+jwt");
        signature.setAlgorithmHeaderValue("ES256");
        signature.setKeyIdHeaderValue(key.getKeyId());
        signature.setKey(key.getPrivateKey());
        signature.setPayload(claims.toJson());
        return signature.getCompactSerialization();
    }

    private static EllipticCurveJsonWebKey newKey(String id) {
        try {
            EllipticCurveJsonWebKey key = EcJwkGenerator.generateJwk(EllipticCurves.P256);
            key.setKeyId(id);
            key.setAlgorithm("ES256");
            return key;
        } catch (JoseException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static final class MovingClock extends Clock {
        private Instant now = Instant.parse("2030-01-01T00:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
