package dev.roster.access.signing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.roster.platform.error.RosterException;
import dev.roster.testing.AtOnce;
import dev.roster.testing.Beside;
import dev.roster.testing.TestSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The keys that the service makes itself: next, current and previous. */
@Beside
class KeyFolderTest {
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
    private static final Duration KEPT = Duration.ofDays(366);

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(SigningAlgorithm.class)
    void whenFirstStartThenCurrentAndNext(SigningAlgorithm algorithm) {
        start(algorithm);
        List<PublicJsonWebKey> keys = file().read();
        assertEquals(2, keys.size());
        keys.forEach(key -> assertEquals(algorithm.value(), key.getAlgorithm()));
    }

    @Test
    void whenWrittenThenForItsOwnerOnly() throws Exception {
        start(SigningAlgorithm.ES256);
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file().path())));
    }

    @Test
    void whenStartedAgainThenUnchanged() throws Exception {
        start(SigningAlgorithm.ES256);
        String stamp = file().stamp();
        start(SigningAlgorithm.ES256);
        assertEquals(stamp, file().stamp());
    }

    private static final Duration LEAD = Duration.ofMinutes(30);

    // A key signs a little on after it was replaced
    private static final Instant END = NOW.plus(KEPT).plus(LEAD);

    @Test
    void whenRotatedThenNextSignsAndCurrentStays() {
        start(SigningAlgorithm.ES256);
        List<String> before = ids();
        rotate(NOW);
        List<String> after = ids();
        assertEquals(before.get(1), after.get(0));
        assertEquals(before.get(0), after.get(2));
        assertEquals(3, after.size());
    }

    @Test
    void whenAnotherAlgorithmIsNeededThenOneKeyOfItThatRotatesAndGoesWithTheOthers() {
        start(SigningAlgorithm.ES256);
        KeySchedule schedule = new KeySchedule(SigningAlgorithm.ES256, LEAD, KEPT);
        change(keys -> schedule.with(SigningAlgorithm.RS256, keys, NOW));
        List<String> before = ids();
        assertEquals(3, before.size());
        change(keys -> schedule.with(SigningAlgorithm.RS256, keys, NOW));
        assertEquals(before, ids());
        rotate(NOW);
        List<PublicJsonWebKey> rotated = file().read();
        assertEquals(
                List.of("ES256", "ES256", "ES256", "RS256", "RS256"),
                rotated.stream().map(PublicJsonWebKey::getAlgorithm).toList());
        assertEquals(before.get(2), rotated.get(4).getKeyId());
        assertEquals(
                List.of(false, false, true, false, true),
                rotated.stream().map(KeySchedule::isRetired).toList());
        change(keys -> schedule.with(SigningAlgorithm.RS256, keys, NOW));
        assertEquals(5, ids().size());
        rotate(END);
        assertEquals(false, ids().contains(before.get(2)));
    }

    private void change(UnaryOperator<List<PublicJsonWebKey>> change) {
        new KeyFolder(file()).change(change);
    }

    @Test
    void whenNoTokenIsLeftThenPreviousGoes() {
        start(SigningAlgorithm.ES256);
        String first = ids().get(0);
        rotate(NOW);
        rotate(END.minusSeconds(1));
        assertEquals(first, ids().get(3));
        rotate(END);
        assertEquals(4, ids().size());
        assertEquals(false, ids().contains(first));
    }

    @Test
    void whenAlgorithmIsChangedThenNewKeySignsAndOldStays() {
        start(SigningAlgorithm.ES256);
        List<String> before = ids();
        start(SigningAlgorithm.EDDSA);
        assertEquals("EdDSA", file().read().get(0).getAlgorithm());
        assertEquals("EdDSA", file().read().get(1).getAlgorithm());
        assertEquals(true, ids().contains(before.get(0)));
    }

    @Test
    void whenStartedAgainThenAKeyThatWasNotPublishedForLongDoesNotSign() {
        start(SigningAlgorithm.ES256);
        String former = ids().get(0);
        assertEquals(former, signingAt(NOW));
        start(SigningAlgorithm.EDDSA);
        String changed = ids().get(0);
        assertEquals(former, signingAt(NOW));
        assertEquals(former, signingAt(NOW.plus(LEAD).minusSeconds(1)));
        assertEquals(changed, signingAt(NOW.plus(LEAD)));
    }

    @Test
    void whenStartedAgainAfterSeveralRotationsThenTheOneSignsThatDidBefore() throws JoseException {
        start(SigningAlgorithm.ES256);
        List<String> first = ids();
        change(keys -> new KeySchedule(SigningAlgorithm.ES256, LEAD, KEPT).with(SigningAlgorithm.RS256, keys, NOW));
        String rsa = ids().get(2);
        Instant later = NOW.plus(Duration.ofDays(1));
        rotate(later);
        assertEquals(first.get(1), signingAt(later), "it was there from the beginning");
        rotate(later);
        rotate(later);
        SigningKeys keys = new SigningKeys(file().read(), LEAD, Clock.fixed(later, ZoneOffset.UTC));
        assertEquals(first.get(1), keys.signingId());
        assertEquals(rsa, rs256(keys));
        keys.replace(file().read());
        assertEquals(first.get(1), keys.signingId());
        assertEquals(ids().get(0), keys.nextSigningId());
        assertEquals(ids().get(0), signingAt(later.plus(LEAD)));
        assertEquals(false, keys.published().contains("iat"));
    }

    private static String rs256(SigningKeys keys) throws JoseException {
        JsonWebSignature signed = new JsonWebSignature();
        signed.setCompactSerialization(keys.sign(new JwtClaims(), "JWT", SigningAlgorithm.RS256));
        return signed.getKeyIdHeaderValue();
    }

    private String signingAt(Instant time) {
        return new SigningKeys(file().read(), LEAD, Clock.fixed(time, ZoneOffset.UTC)).signingId();
    }

    @Test
    void whenSeveralRotateAtOnceThenEachIsOneStep() {
        start(SigningAlgorithm.ES256);
        AtOnce.each(20, i -> {
            rotate(NOW);
            return i;
        });
        assertEquals(22, ids().size());
    }

    @Test
    void whenRotatedWithoutEndThenRefused() {
        start(SigningAlgorithm.ES256);
        IntStream.range(0, 58).forEach(i -> rotate(NOW));
        String last = ids().get(0);
        assertThrows(RosterException.class, () -> rotate(NOW));
        assertEquals(last, ids().get(0));
        rotate(END);
        assertNotEquals(last, ids().get(0));
    }

    private void start(SigningAlgorithm algorithm) {
        new KeyFolder(file()).change(keys -> new KeySchedule(algorithm, LEAD, KEPT).start(keys, NOW));
    }

    private void rotate(Instant time) {
        KeySchedule schedule = new KeySchedule(SigningAlgorithm.ES256, LEAD, KEPT);
        new KeyFolder(file()).change(keys -> schedule.rotate(keys, time));
    }

    private List<String> ids() {
        return file().read().stream().map(PublicJsonWebKey::getKeyId).toList();
    }

    private KeyFile file() {
        Map<String, String> settings = Map.of("roster.embedded", "true", "roster.data.dir", folder.toString());
        return KeyFile.of(TestSettings.of(KeySettings.class, settings));
    }
}
