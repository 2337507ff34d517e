package dev.roster.platform.validation;

import java.text.Normalizer;
import java.util.Locale;

/** Folds text for comparison, so that names which people take for the same are the same. */
public final class CanonicalText {
    private CanonicalText() {}

    /** Compatibility-normalised (Unicode NFKC) and lower case in the root locale. */
    public static String fold(String text) {
        if (isPlainAscii(text)) {
            return text.toLowerCase(Locale.ROOT);
        }
        // By way of upper case, which joins letters that lower case keeps apart, such as the two
        // sigmas; lower case before it, because the capital sharp s has no other upper case.
        String lower = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        String joined = lower.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        return Normalizer.normalize(joined, Normalizer.Form.NFKC);
    }

    /**
     * Whether PostgreSQL can keep a text and a line of a log can show it: no control character, no
     * broken surrogate.
     */
    public static boolean isPrintable(String text) {
        return text.codePoints()
                .noneMatch(
                        c ->
                                Character.isISOControl(c)
                                        || Character.getType(c) == Character.SURROGATE);
    }

    private static boolean isPlainAscii(String text) {
        return text.chars().allMatch(c -> c < 128);
    }
}
