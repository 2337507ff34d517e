package dev.roster.access.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.access.signing.SigningKeys;
import dev.roster.caller.Caller;
import dev.roster.caller.Issuer;
import dev.roster.caller.Role;
import dev.roster.testing.ForgedToken;
import dev.roster.testing.MovingClock;
import dev.roster.testing.TestKeys;
import io.smallrye.jwt.auth.principal.ParseException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.jose4j.jwk.EllipticCurveJsonWebKey;

/** A signed token has one spelling: whatever differs from it in one character is another text. */
class SignedTokensTest {
    private static final Issuer ISSUER = new Issuer("http://here", "roster", Duration.ofHours(1));
    private static final EllipticCurveJsonWebKey KEY = TestKeys.newKey("k");

    private final MovingClock clock = new MovingClock();
    private final TokenVerifier verifier =
            new TokenVerifier(new SigningKeys(List.of(KEY), Duration.ZERO, clock), ISSUER, clock);
    private final String valid = new ForgedToken(Role.VIEWER, ISSUER.url(), KEY, clock.instant()).sign();

    @Property(tries = 400)
    void whenOneCharacterDiffersThenRefused(@ForAll @IntRange(max = 399) int fromTheEnd, @ForAll char other) {
        int place = valid.length() - 1 - fromTheEnd;
        refusedUnlessTheSame(valid.substring(0, place) + other + valid.substring(place + 1));
    }

    @Property(tries = 400)
    void whenSomethingIsAppendedThenRefused(@ForAll @StringLength(max = 8) String suffix) {
        refusedUnlessTheSame(valid + suffix);
    }

    @Property(tries = 64, generation = net.jqwik.api.GenerationMode.EXHAUSTIVE)
    void whenLastCharacterDiffersThenRefused(@ForAll @IntRange(max = 63) int sextet) {
        char other = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".charAt(sextet);
        refusedUnlessTheSame(valid.substring(0, valid.length() - 1) + other);
    }

    @Property(tries = 300)
    void whenPartsAreCanonicalThenWellSpelled(@ForAll @Size(min = 1, max = 40) byte[] bytes) {
        String part = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        String token = part + "." + part + "." + part;
        assertTrue(SignedTokens.isWellSpelled(token, token.length()));
        assertFalse(SignedTokens.isWellSpelled(token, token.length() - 1));
        for (String misspelled : List.of(token + "=", token + ".", "." + token, token + "." + part, part + "..")) {
            assertFalse(SignedTokens.isWellSpelled(misspelled, 1_000), misspelled);
        }
    }

    private void refusedUnlessTheSame(String token) {
        if (token.equals(valid)) {
            assertEquals(Role.VIEWER, verified(token).role());
        } else {
            assertThrows(ParseException.class, () -> verifier.verify(token), token);
        }
    }

    private Caller verified(String token) {
        try {
            return verifier.verify(token).caller();
        } catch (ParseException refused) {
            throw new AssertionError(refused);
        }
    }
}
