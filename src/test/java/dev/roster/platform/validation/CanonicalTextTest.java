package dev.roster.platform.validation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalTextTest {

    @ParameterizedTest
    @CsvSource({
        "Alice, alice",
        "ÄRGER, ärger",
        "straße, STRASSE",
        "STRAẞE, strasse",
        "ΟΔΟΣ, οδοσ",
        "ﬁn, fin",
        "Ａlice, alice",
        "e\u0301, é"
    })
    void whenPeopleTakeThemForTheSameThenTheSame(String one, String other) {
        assertEquals(CanonicalText.fold(one), CanonicalText.fold(other));
    }

    @Test
    void whenDifferentLettersThenDifferent() {
        assertNotEquals(CanonicalText.fold("e"), CanonicalText.fold("é"));
    }

    @Test
    void whenAnyCharacterThenCaseDoesNotMatter() {
        letters().forEach(text -> {
            String folded = CanonicalText.fold(text);
            assertEquals(folded, CanonicalText.fold(upper(text)), text);
            assertEquals(folded, CanonicalText.fold(lower(text)), text);
            assertEquals(folded, CanonicalText.fold(folded), text);
        });
    }

    @Property
    void whenFoldedAgainThenUnchanged(@ForAll("texts") String text) {
        String folded = CanonicalText.fold(text);
        assertEquals(folded, CanonicalText.fold(folded));
    }

    @Property
    void whenInOtherCaseThenTheSame(@ForAll("texts") String text) {
        assertEquals(CanonicalText.fold(text), CanonicalText.fold(upper(text)));
        assertEquals(CanonicalText.fold(text), CanonicalText.fold(lower(text)));
    }

    @Property
    void whenLongerThanAnyNameThenLeftAsItIs(@ForAll("marks") String text) {
        assertSame(text, CanonicalText.fold(text));
    }

    @Property
    void whenLongerThanAnyPasswordThenNotComposed(@ForAll("marks") String text) {
        String longer = text + text + text;
        assertTrue(CanonicalText.compose(longer).isEmpty());
    }

    @Test
    void whenMadeOfPairsThenPrintable() {
        assertTrue(CanonicalText.isPrintable("Zoë 日本 😀"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\0", "a\nb", "\u007f", "\u0085", "\ud83d", "\ude00\ud83d"})
    void whenControlOrBrokenSurrogateThenNotPrintable(String text) {
        assertFalse(CanonicalText.isPrintable(text));
    }

    @Provide
    Arbitrary<String> marks() {
        return Arbitraries.strings()
                .withChars("\u0300\u0316a\ud83d")
                .ofMinLength(CanonicalText.LONGEST + 1)
                .ofMaxLength(4_000);
    }

    @Provide
    Arbitrary<String> texts() {
        // Without the iota below letters, which changes places with an accent on its way through
        // upper case
        return Arbitraries.strings()
                .withChars("aAbBßẞςσΣİıǅﬃéÉ\u0301\u0307ΐΰ'-. _1Ａ가")
                .ofMaxLength(12);
    }

    private static Stream<String> letters() {
        return IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                .filter(Character::isLetter)
                .mapToObj(Character::toString);
    }

    private static String upper(String text) {
        return text.toUpperCase(Locale.ROOT);
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
