package dev.roster.platform.validation;

import java.util.Collection;
import java.util.Map;

/**
 * What PostgreSQL can keep in a JSON column: text without NUL and without broken surrogates, finite
 * numbers.
 */
public final class StorableText {
    private StorableText() {}

    /** Whether a text can be kept. */
    public static boolean isStorable(String text) {
        return text.codePoints()
                .noneMatch(c -> c == 0 || Character.getType(c) == Character.SURROGATE);
    }

    /** Whether all texts, keys included, and numbers in a JSON value can be kept. */
    public static boolean isStorable(Object json) {
        if (json instanceof String text) {
            return isStorable(text);
        }
        if (json instanceof Map<?, ?> object) {
            return isStorable(object.keySet()) && isStorable(object.values());
        }
        if (json instanceof Double number) {
            // What was too large to read, such as 1e999.
            return Double.isFinite(number);
        }
        return !(json instanceof Collection<?> values)
                || values.stream().allMatch(StorableText::isStorable);
    }
}
