package dev.roster.access.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.roster.access.signing.SigningKeys;
import dev.roster.caller.Issuer;
import dev.roster.caller.Role;
import dev.roster.revocation.TestRevocations;
import dev.roster.testing.ForgedToken;
import dev.roster.testing.MovingClock;
import dev.roster.testing.TestKeys;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.jwt.auth.principal.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.junit.jupiter.api.Test;

/** What is remembered of a token, and for how long. */
class VerifiedTokensTest {
    private static final Issuer ISSUER = new Issuer("http://here", "roster", Duration.ofHours(1));

    private final EllipticCurveJsonWebKey key = TestKeys.newKey("k");
    private final MeterRegistry metrics = new SimpleMeterRegistry();
    private final MovingClock clock = new MovingClock();
    private final SigningKeys keys = new SigningKeys(List.of(key), Duration.ZERO, clock);

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

    @Test
    void whenOneSessionHasManyTokensThenItTakesAFewPlaces() throws Exception {
        VerifiedTokens tokens = tokens(1_000);
        Instant end = clock.instant().plusSeconds(600);
        String other = token(end);
        tokens.parse(other, null);
        String session = UUID.randomUUID().toString();
        for (int i = 0; i < 200; i++) {
            tokens.parse(forged(end).claim("sid", session).sign(), null);
        }
        assertEquals(TokenCache.MOST_OF_AN_OWNER + 1, size());
        assertSame(tokens.parse(other, null), tokens.parse(other, null));
    }

    @Test
    void whenATokenIsSpelledInTenThousandWaysThenItTakesOnePlace() throws Exception {
        VerifiedTokens tokens = tokens(20_000);
        String token = token(clock.instant().plusSeconds(600));
        tokens.parse(token, null);
        for (int i = 0; i < 10_000; i++) {
            String spelling = token + "!".repeat(1 + i % 100) + "=".repeat(i / 100);
            assertThrows(ParseException.class, () -> tokens.parse(spelling, null));
        }
        assertEquals(1, size());
    }

    private double size() {
        return metrics.get("cache.size").tag("cache", "verified_tokens").gauge().value();
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
        return forged(expiresAt).sign();
    }

    private ForgedToken forged(Instant expiresAt) {
        return new ForgedToken(Role.VIEWER, ISSUER.url(), key, clock.instant())
                .claim("iat", clock.instant().getEpochSecond() - 120)
                .claim("exp", expiresAt.getEpochSecond());
    }
}
