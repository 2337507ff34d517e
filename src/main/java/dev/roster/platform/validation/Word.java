package dev.roster.platform.validation;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** One of a closed set of words: a constant of an enum, by its spelling in requests, answers and rows. */
public interface Word {
    /** Its spelling: the name of the constant in small letters, where no other is said. */
    default String value() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether a request may set it: others come about by what happens. */
    default boolean isSettable() {
        return true;
    }

    /** What its constant is called in the code, as every enum says it. */
    String name();

    /** The word of this spelling. */
    static <W extends Enum<W> & Word> Optional<W> of(Class<W> words, String value) {
        return Arrays.stream(words.getEnumConstants())
                .filter(word -> word.value().equals(value))
                .findFirst();
    }

    /** All of them in their order, as an error says them. */
    static <W extends Enum<W> & Word> String all(Class<W> words) {
        return Arrays.stream(words.getEnumConstants()).map(Word::value).collect(Collectors.joining(", "));
    }

    /** The rule that whatever else is set breaks. */
    static String rule(Class<? extends Word> words) {
        return Arrays.stream(words.getEnumConstants())
                .filter(Word::isSettable)
                .map(Word::value)
                .collect(Collectors.joining(", ", "must be one of ", ""));
    }
}
