package dev.roster.platform.validation;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;

/**
 * Folds text for comparison, so that names which people take for the same are the same. It is the
 * only place where text is normalised, and normalises nothing that is longer than a name can be:
 * the work is quadratic for a run of combining marks.
 */
public final class CanonicalText {
    /** The longest text that is folded, in code points: that of an e-mail address (RFC 5321). */
    public static final int LONGEST = 254;

    // Four code points at most are composed into one, so 128 composed ones have been at most these.
    private static final int LONGEST_TO_COMPOSE = 512;

    private CanonicalText() {}

    /**
     * Compatibility-normalised (Unicode NFKC) and lower case in the root locale. A text that is
     * longer than any name stays as it is: nothing can be called like that.
     */
    public static String fold(String text) {
        if (isLonger(text, LONGEST)) {
            return text;
        }
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
     * Composed (Unicode NFC), so that a text is the same however a keyboard writes its accents;
     * empty for what no composition makes 128 characters of.
     */
    public static Optional<String> compose(String text) {
        return isLonger(text, LONGEST_TO_COMPOSE)
                ? Optional.empty()
                : Optional.of(Normalizer.normalize(text, Normalizer.Form.NFC));
    }

    /** Whether a text has more code points than these, found without reading far beyond them. */
    public static boolean isLonger(String text, int codePoints) {
        return text.length() > 2 * codePoints || text.codePointCount(0, text.length()) > codePoints;
    }

    /**
     * Whether PostgreSQL can keep a text and a line of a log can show it: no control character, no
     * broken surrogate.
     */
    public static boolean isPrintable(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                return false;
            }
        }
        return StorableText.isStorable(text);
    }

    static boolean isPlainAscii(String text) {
        // A loop: every name and address comes by here several times
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 128) {
                return false;
            }
        }
        return true;
    }
}
