package dev.roster.security;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;

/** When a key begins to sign after the set was replaced. */
class SigningKeysTest {
    private final MovingClock clock = new MovingClock();
    private final PublicJsonWebKey a = key("a");
    private final PublicJsonWebKey b = key("b");
    private final PublicJsonWebKey c = key("c");

    @Test
    void whenPublishedBeforeThenSignsAtOnce() {
        SigningKeys keys = new SigningKeys(List.of(a, b), clock);
        keys.replace(List.of(b, c, a));
        assertEquals("b", keys.signingId());
    }

    @Test
    void whenNotPublishedBeforeThenSignsLater() {
        SigningKeys keys = new SigningKeys(List.of(a), clock);
        keys.replace(List.of(b, a));
        assertEquals("a", keys.signingId());
        clock.now = clock.now.plus(SigningKeys.PUBLISHED_FOR);
        assertEquals("a", keys.signingId());
        clock.now = clock.now.plus(Duration.ofMinutes(1));
        assertEquals("b", keys.signingId());
    }

    @Test
    void whenReplacedTwiceThenTimeCountsFromTheFirst() {
        SigningKeys keys = new SigningKeys(List.of(a), clock);
        keys.replace(List.of(a, b));
        clock.now = clock.now.plus(Duration.ofMinutes(6));
        keys.replace(List.of(b, c, a));
        assertEquals("b", keys.signingId());
        keys.replace(List.of(c, b, a));
        assertEquals("b", keys.signingId());
    }

    @Test
    void whenPresentKeyIsGoneThenFirstSignsAtOnce() throws JoseException {
        SigningKeys keys = new SigningKeys(List.of(a), clock);
        PublicJsonWebKey publicOnly =
                PublicJsonWebKey.Factory.newPublicJwk(a.toJson(OutputControlLevel.PUBLIC_ONLY));
        keys.replace(List.of(b, publicOnly));
        assertEquals("b", keys.signingId());
        assertEquals(true, keys.verifying("a").isPresent());
        keys.replace(List.of(c));
        assertEquals("c", keys.signingId());
        assertEquals(true, keys.verifying("a").isEmpty());
    }

    private static PublicJsonWebKey key(String id) {
        try {
            PublicJsonWebKey key = EcJwkGenerator.generateJwk(EllipticCurves.P256);
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
