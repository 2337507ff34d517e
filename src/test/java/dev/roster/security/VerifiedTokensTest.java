package dev.roster.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.roster.revocation.TestRevocations;
import dev.roster.testing.ForgedToken;
import dev.roster.testing.TestKeys;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.jwt.auth.principal.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.junit.jupiter.api.Test;

/** What is remembered of a token, and for how long. */
class VerifiedTokensTest {
    private static final Issuer ISSUER = new Issuer("http://here", "roster", Duration.ofHours(1));

    private final EllipticCurveJsonWebKey key = TestKeys.newKey("k");
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
        clock.advance(Duration.ofSeconds(629));
        tokens.parse(token, null);
        clock.advance(Duration.ofSeconds(1));
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
        keys.replace(List.of(TestKeys.newKey("other"), key));
        tokens.parse(token, null);
        keys.replace(List.of(TestKeys.newKey("k")));
        assertThrows(ParseException.class, () -> tokens.parse(token, null));
        keys.replace(List.of(TestKeys.newKey("other")));
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

    private String token(Instant expiresAt) {
        return new ForgedToken(Role.VIEWER, ISSUER.url(), key, clock.instant())
                .claim("iat", clock.instant().getEpochSecond() - 120)
                .claim("exp", expiresAt.getEpochSecond())
                .sign();
    }
}
