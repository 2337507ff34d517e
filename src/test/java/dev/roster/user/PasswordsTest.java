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
import dev.roster.testing.TestSettings;
import dev.roster.testing.ThreadTime;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs beside no service: the threads of that would count as well. */
class PasswordsTest {
    private final Argon2id argon2id = new Argon2id(cost(19, 2));
    private final PasswordPolicy policy = PasswordPolicy.load();
    private static final ContextWords WORDS =
            ContextWords.of("ada.king", "ada@engines.example", "Ada Lovelace", "acme-works", null);

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
        String hash = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
        assertTrue(argon2id.matches("password", hash));
    }

    @Test
    void whenHugeThenRefusedBeforeItIsComposed() {
        String marks = "\u0300\u0316".repeat(50_000);
        assertThrows(RosterException.class, () -> PasswordPolicy.load().check(marks, ContextWords.of()));
    }

    @Test
    void whenAccentIsComposedOtherwiseThenSamePassword() {
        assertEquals(
                CanonicalText.compose("pa\u0308ssword").orElseThrow(),
                CanonicalText.compose("p\u00e4ssword").orElseThrow());
    }

    /** Which one it is does not hang on what is said of it. */
    @ParameterizedTest
    @CsvSource({"short, LENGTH", "long\ud800-enough, TEXT", "password, UNCOMMON", "ada.king, MORE_THAN_NAMES"})
    void whenPasswordIsRefusedThenByTheRuleThatItBreaks(String password, PasswordRule rule) {
        assertEquals(
                rule,
                assertThrows(PasswordRefused.class, () -> policy.check(password, WORDS))
                        .rule());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1234567", "pa\u0308ssw\u0308o", "password", "PASSWORD1", "qwertyuiop", "11111111"})
    void whenPasswordIsShortOrCommonThenRefused(String password) {
        RosterException refused = assertThrows(RosterException.class, () -> policy.check(password, WORDS));
        assertEquals("password", refused.fields().get(0).field());
        assertTrue(refused.getMessage().startsWith("password: "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Lovelace1815!",
                "1815-LOVELACE",
                "adalovelace",
                "Ada Lovelace",
                "ada.king",
                "ada@engines.example",
                "engines!!",
                "roster1815!",
                "Roster, roster!",
                "rosterlovelace",
                "my-acme-works",
                "ｌｏｖｅｌａｃｅ"
            })
    void whenPasswordIsAWordOfTheAccountThenRefused(String password) {
        RosterException refused = assertThrows(RosterException.class, () -> policy.check(password, WORDS));
        assertEquals(
                "password: must be more than a name, an e-mail address, the organization or the service.",
                refused.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lovelace has a cat",
                "kingfisher",
                "the adamant 7",
                "roster of birds",
                "roster密码密码",
                "example of mine"
            })
    void whenPasswordIsMoreThanAWordOfTheAccountThenTaken(String password) {
        assertDoesNotThrow(() -> policy.check(password, WORDS));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{SHA}rJD/5olTxW7AqKHZorModWn6ltY=",
                "$2b$04$ZbbcJ0wFrAxIqxlUOpG2R.gARVTWY3TRa9r8DhgJalg272JCVyd2S",
                "$pbkdf2-sha256$1000$IUTo3bt3Tql1DkGIcQ6hNA$dfQ6dUV4T.hyOmK7/xF.ewk0TTFj/y5JtTVWtv59Njc",
                "$argon2id$v=19$m=1024,t=1,p=1$NypqIrRle2/J8d1SeWSdHQ$tLK+TQ6p8xlGC1i2gqIPPytrzrOTW4C7FZ2wh9gn05Q",
                "$scrypt$ln=16,r=1,p=1$MDEyMzQ1Njc4OWFiY2RlZg$R8fvhS6U4T4J1+YiTSAayY8u9jMzEsmN3W7NSdsWGqE"
            })
    void whenTheHashIsCheapThenItsCheckTakesAsLongAsThatOfNobody(String hash) {
        Vertx vertx = Vertx.vertx();
        try {
            Passwords passwords = new Passwords(vertx, cost(19, 2));
            List<Long> nobody = new ArrayList<>();
            List<Long> cheap = new ArrayList<>();
            time(passwords, "", hash);
            for (int i = 0; i < 7; i++) {
                nobody.add(time(passwords, "wrong", null));
                cheap.add(time(passwords, "wrong", hash));
            }
            double ratio = (double) median(cheap) / median(nobody);
            assertTrue(ratio > 0.5 && ratio < 2, nobody + " " + cheap);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    /** The nanoseconds that the check computes. */
    private static long time(Passwords passwords, String password, String hash) {
        long before = ThreadTime.of("passwords");
        assertFalse(passwords
                .matches(password, hash, Asker.stranger("192.0.2.1", null, "x"))
                .await()
                .indefinitely());
        return ThreadTime.of("passwords") - before;
    }

    private static long median(List<Long> times) {
        return times.stream().sorted().skip(times.size() / 2).findFirst().orElseThrow();
    }

    @Test
    void whenHashCostLessOrMoreThenOutdated() {
        String hash = argon2id.hash("päss wörd");
        assertFalse(argon2id.isOutdated(hash));
        assertFalse(new Argon2id(cost(7, 5)).isOutdated(new Argon2id(cost(7, 5)).hash("x")));
        assertTrue(new Argon2id(cost(20, 2)).isOutdated(hash));
        assertTrue(new Argon2id(cost(19, 3)).isOutdated(hash));
        assertTrue(new Argon2id(cost(18, 2)).isOutdated(hash));
        assertTrue(new Argon2id(cost(20, 2)).matches("päss wörd", hash));
    }

    @ParameterizedTest
    @CsvSource({"6,10", "65,1", "19,0", "19,11", "34,1", "7,4", "64,5", "26,10"})
    void whenCostIsUnsafeThenTheStartNamesTheVariable(int memory, int passes) {
        List<String> broken = TestSettings.broken(cost(memory, passes));
        assertEquals(1, broken.size(), broken.toString());
        assertTrue(broken.get(0).startsWith("ROSTER_PASSWORD_HASH_"), broken.toString());
    }

    static PasswordHashSettings cost(int memory, int passes) {
        return TestSettings.of(
                PasswordHashSettings.class,
                Map.of(
                        "roster.password-hash.memory", "" + memory,
                        "roster.password-hash.passes", "" + passes));
    }

    @ParameterizedTest
    @ValueSource(strings = {"12345679x", "пароль на русском", "密码密码很长的密码", "😀😁😂🤣😃😄😅😆"})
    void whenPasswordIsAnyUnicodeThenTaken(String password) {
        assertDoesNotThrow(() -> policy.check(password, WORDS));
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
