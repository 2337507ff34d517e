package dev.roster.audit;

import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Texts that an event tells as one: the first of many, each cut off by itself, and how many more there are. */
public record Listed(List<String> texts, String separator) {
    private static final int MOST = 50;

    /** Names, with commas between. */
    public static <T> Listed names(Collection<T> named, Function<T, String> name) {
        return new Listed(named.stream().map(name).toList(), ", ");
    }

    /** Texts without blanks, with blanks between. */
    public static Listed words(String... words) {
        return new Listed(List.of(words), " ");
    }

    public boolean isEmpty() {
        return texts.isEmpty();
    }

    @Override
    public String toString() {
        String first = texts.stream().limit(MOST).map(CutText::of).collect(Collectors.joining(separator));
        List<String> rest = texts.subList(Math.min(MOST, texts.size()), texts.size());
        return rest.isEmpty()
                ? first
                : first + separator + "… " + rest.size() + " more, " + CutText.digest(String.join(separator, rest));
    }
}
