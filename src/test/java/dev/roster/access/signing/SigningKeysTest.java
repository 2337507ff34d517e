package dev.roster.access.signing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roster.testing.Beside;
import dev.roster.testing.MovingClock;
import dev.roster.testing.TestKeys;
import java.time.Duration;
import java.util.List;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;

/** When a key begins to sign after the set was replaced. */
@Beside
class SigningKeysTest {
    private static final Duration LEAD = Duration.ofMinutes(30);

    private final MovingClock clock = new MovingClock();
    private final PublicJsonWebKey a = TestKeys.newKey("a");
    private final PublicJsonWebKey b = TestKeys.newKey("b");
    private final PublicJsonWebKey c = TestKeys.newKey("c");

    @Test
    void whenPublishedBeforeThenSignsAtOnce() {
        SigningKeys keys = new SigningKeys(List.of(a, b), LEAD, clock);
        keys.replace(List.of(b, c, a));
        assertEquals("b", keys.signingId());
    }

    @Test
    void whenNotPublishedBeforeThenSignsLater() {
        SigningKeys keys = new SigningKeys(List.of(a), LEAD, clock);
        keys.replace(List.of(b, a));
        assertEquals("a", keys.signingId());
        clock.advance(LEAD.minusMillis(1));
        assertEquals("a", keys.signingId());
        clock.advance(Duration.ofMillis(1));
        assertEquals("b", keys.signingId());
    }

    @Test
    void whenReplacedTwiceThenTimeCountsFromTheFirst() {
        SigningKeys keys = new SigningKeys(List.of(a), LEAD, clock);
        keys.replace(List.of(a, b));
        clock.advance(LEAD);
        keys.replace(List.of(b, c, a));
        assertEquals("b", keys.signingId());
        keys.replace(List.of(c, b, a));
        assertEquals("b", keys.signingId());
    }

    @Test
    void whenAnotherAlgorithmIsAskedForThenItsFirstKeySignsAndItsNextOneLater() throws JoseException {
        PublicJsonWebKey r = rsa("r");
        PublicJsonWebKey s = rsa("s");
        SigningKeys keys = new SigningKeys(List.of(a), LEAD, clock);
        assertEquals(SigningAlgorithm.ES256, keys.available(SigningAlgorithm.RS256));
        keys.replace(List.of(a, r));
        assertEquals("r", rs256(keys)); // there was none to go on with
        assertEquals("a", keys.signingId());
        keys.replace(List.of(a, s, r));
        assertEquals("r", rs256(keys));
        clock.advance(LEAD);
        assertEquals("s", rs256(keys));
        keys.replace(List.of(b, a));
        assertEquals(false, keys.has(SigningAlgorithm.RS256));
    }

    private static String rs256(SigningKeys keys) throws JoseException {
        JsonWebSignature signed = new JsonWebSignature();
        signed.setCompactSerialization(keys.sign(new JwtClaims(), "JWT", SigningAlgorithm.RS256));
        assertEquals("RS256", signed.getAlgorithmHeaderValue());
        return signed.getKeyIdHeaderValue();
    }

    private static PublicJsonWebKey rsa(String id) throws JoseException {
        PublicJsonWebKey key = SigningAlgorithm.RS256.generate();
        key.setKeyId(id);
        key.setAlgorithm("RS256");
        return key;
    }

    @Test
    void whenPresentKeyIsGoneThenFirstSignsAtOnce() throws JoseException {
        SigningKeys keys = new SigningKeys(List.of(a), LEAD, clock);
        PublicJsonWebKey publicOnly = PublicJsonWebKey.Factory.newPublicJwk(a.toJson(OutputControlLevel.PUBLIC_ONLY));
        keys.replace(List.of(b, publicOnly));
        assertEquals("b", keys.signingId());
        assertEquals(true, keys.verifying("a").isPresent());
        keys.replace(List.of(c));
        assertEquals("c", keys.signingId());
        assertEquals(true, keys.verifying("a").isEmpty());
    }
}
