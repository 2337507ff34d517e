package dev.roster.user;

import dev.roster.caller.Caller;
import dev.roster.platform.validation.CanonicalText;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The words that whoever guesses the password of an account tries first (NIST SP 800-63B section
 * 5.1.1.2): its names, its e-mail address, its organization, and the service.
 */
public final class ContextWords {
    private static final String SERVICE = "roster";

    // Shorter ones are in many a good password by chance
    private static final int SHORTEST = 4;

    // What a word may be dressed up with and still be most of the password
    private static final int LITTLE = 4;

    private final List<String> words;

    private ContextWords(List<String> words) {
        this.words = words;
    }

    /** The words of these texts, which may be null, and their parts. */
    public static ContextWords of(String... texts) {
        return new ContextWords(
                Stream.concat(Stream.of(SERVICE), Arrays.stream(texts).filter(Objects::nonNull))
                        .map(CanonicalText::fold)
                        .flatMap(ContextWords::parts)
                        .filter(word -> word.codePointCount(0, word.length()) >= SHORTEST)
                        .distinct()
                        .sorted(Comparator.comparing(String::length).reversed())
                        .toList());
    }

    /** The words of an account as it is and as a change leaves it. */
    static ContextWords of(Caller caller, UserView user, PatchUser patch) {
        return of(
                caller.organization(),
                user.username(),
                user.email(),
                user.displayName(),
                user.fullName(),
                patch.person().username(),
                patch.email(),
                patch.displayName(),
                patch.fullName());
    }

    /**
     * Whether a password is one of the words or several, with fewer than four letters beside them;
     * digits and signs make it no better.
     */
    boolean makeUp(String password) {
        String rest = CanonicalText.fold(password);
        String whole = rest;
        for (String word : words) {
            rest = rest.replace(word, "");
        }
        return rest.length() < whole.length() && lettersOf(rest) < LITTLE;
    }

    private static Stream<String> parts(String text) {
        StringBuilder split = new StringBuilder();
        StringBuilder joined = new StringBuilder();
        text.codePoints().forEach(c -> {
            boolean inWord = Character.isLetterOrDigit(c);
            split.appendCodePoint(inWord ? c : ' ');
            if (inWord) {
                joined.appendCodePoint(c);
            }
        });
        return Stream.concat(
                Stream.of(text, joined.toString()), Stream.of(split.toString().split(" ")));
    }

    // Whatever is neither ASCII digit nor ASCII sign: an ideograph or a picture is as good
    private static long lettersOf(String text) {
        return text.codePoints().filter(c -> c > 127 || Character.isLetter(c)).count();
    }
}
