package dev.roster.platform.validation;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.Map;

/**
 * What PostgreSQL can keep in a JSON column: text without NUL and without broken surrogates, finite
 * numbers.
 */
public final class StorableText {
    // That of a double, which is what most clients read.
    private static final int MAX_EXPONENT = 308;

    private StorableText() {}

    /** Whether a text can be kept. */
    public static boolean isStorable(String text) {
        return text.codePoints().noneMatch(c -> c == 0 || Character.getType(c) == Character.SURROGATE);
    }

    /** Whether all texts, keys included, and numbers in a JSON value can be kept. */
    public static boolean isStorable(Object json) {
        if (json instanceof String text) {
            return isStorable(text);
        }
        if (json instanceof Map<?, ?> object) {
            return isStorable(object.keySet()) && isStorable(object.values());
        }
        if (json instanceof BigDecimal number) {
            // Written out by the database, 1e131000 would be as long as that.
            return Math.abs((long) number.precision() - number.scale()) <= MAX_EXPONENT;
        }
        return !(json instanceof Collection<?> values) || values.stream().allMatch(StorableText::isStorable);
    }
}
