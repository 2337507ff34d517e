package dev.roster.user;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.platform.error.RosterException;
import dev.roster.platform.validation.CanonicalText;
import dev.roster.platform.validation.Username;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordsTest {
    private final Argon2id argon2id = new Argon2id();
    private final PasswordPolicy policy = PasswordPolicy.load();

    @Test
    void whenPasswordIsRightThenMatches() {
        String hash = argon2id.hash("päss wörd");
        assertTrue(argon2id.matches("päss wörd", hash));
        assertFalse(argon2id.matches("päss wörD", hash));
        assertFalse(argon2id.matches("päss wörd", null));
        assertNotEquals(hash, argon2id.hash("päss wörd"));
    }

    /** Made with the reference implementation: argon2 somesalt -id -t 2 -m 16 -p 1 -l 32. */
    @Test
    void whenHashIsOfTheReferenceImplementationThenMatches() {
        String hash =
                "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
        assertTrue(argon2id.matches("password", hash));
    }

    @Test
    void whenHugeThenRefusedBeforeItIsComposed() {
        String marks = "\u0300\u0316".repeat(50_000);
        assertThrows(RosterException.class, () -> PasswordPolicy.load().check(marks));
    }

    @Test
    void whenAccentIsComposedOtherwiseThenSamePassword() {
        assertEquals(
                CanonicalText.compose("pa\u0308ssword").orElseThrow(),
                CanonicalText.compose("p\u00e4ssword").orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1234567",
                "pa\u0308ssw\u0308o",
                "password",
                "PASSWORD1",
                "qwertyuiop",
                "11111111"
            })
    void whenPasswordIsShortOrCommonThenRefused(String password) {
        RosterException refused = assertThrows(RosterException.class, () -> policy.check(password));
        assertEquals("password", refused.fields().get(0).field());
        assertTrue(refused.getMessage().startsWith("password: "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"12345679x", "пароль на русском", "密码密码很长的密码", "😀😁😂🤣😃😄😅😆"})
    void whenPasswordIsAnyUnicodeThenTaken(String password) {
        assertDoesNotThrow(() -> policy.check(password));
    }

    @Test
    void whenAddressCannotBeAUsernameThenMarked() {
        assertEquals("a+b@example.com", EmailUsername.of("a+b@example.com"));
        String cut = EmailUsername.of("x".repeat(64) + "@" + "y".repeat(60) + ".com");
        assertTrue(Username.Validator.isUsername(cut), cut);
        assertEquals(100, cut.length());
        assertNotEquals(EmailUsername.of("a/b@x.de"), EmailUsername.of("a-b@x.de"));
        assertEquals(
                EmailUsername.of("A/b@x.de").substring(8),
                EmailUsername.of("a/b@x.de").substring(8));
    }
}
