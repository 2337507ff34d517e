package dev.roster.platform.validation;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collection;
import java.util.Map;

/**
 * What PostgreSQL can keep in a JSON column: text without NUL and without broken surrogates, finite
 * numbers.
 */
public final class StorableText {
    /** The numbers that cannot be kept. */
    public static final String NUMBERS = "numbers beyond 1e308 or with more than 340 decimals";

    // That of a double, which is what most clients read. The database writes all digits out.
    private static final int MAX_EXPONENT = 308;
    private static final int MAX_SCALE = 340;
    // Those of Java have ten, and not all of these
    private static final int MAX_EXPONENT_DIGITS = 9;
    private static final BigInteger LARGEST = BigInteger.TEN.pow(MAX_EXPONENT);
    private static final BigDecimal TOO_LARGE = BigDecimal.ONE.scaleByPowerOfTen(MAX_EXPONENT + 1);
    private static final BigDecimal TOO_FINE = BigDecimal.ONE.scaleByPowerOfTen(-MAX_SCALE - 1);

    private StorableText() {}

    /** Whether a text can be kept. */
    public static boolean isStorable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0 || (Character.isSurrogate(c) && !isPaired(text, i))) {
                return false;
            }
        }
        return true;
    }

    /** Whether the surrogate there stands before, or behind, the other half of its character. */
    private static boolean isPaired(String text, int surrogate) {
        char c = text.charAt(surrogate);
        return Character.isHighSurrogate(c)
                ? surrogate + 1 < text.length() && Character.isLowSurrogate(text.charAt(surrogate + 1))
                : surrogate > 0 && Character.isHighSurrogate(text.charAt(surrogate - 1));
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
            return number.scale() <= MAX_SCALE && !isBeyond(number);
        }
        if (json instanceof BigInteger number) {
            return number.abs().compareTo(LARGEST) <= 0;
        }
        return !(json instanceof Collection<?> values) || values.stream().allMatch(StorableText::isStorable);
    }

    /** The same number, but a zero without the zeros before and behind it that cannot be kept. */
    public static BigDecimal kept(BigDecimal number) {
        return number.signum() == 0 && (number.scale() > MAX_SCALE || number.scale() < 0) ? BigDecimal.ZERO : number;
    }

    /** Whether a number of JSON has an exponent of so many digits that it may be beyond those of Java. */
    public static boolean isBeyond(String number) {
        int digit = exponent(number) + 1;
        if (digit == 0) {
            return false;
        }
        while (digit < number.length() && "+-0".indexOf(number.charAt(digit)) >= 0) {
            digit++;
        }
        return number.length() - digit > MAX_EXPONENT_DIGITS;
    }

    /** What a number of JSON is whose exponent is beyond those of Java: zero, or one that cannot be kept either. */
    public static BigDecimal beyond(String number) {
        int exponent = exponent(number);
        if (number.substring(0, exponent).chars().noneMatch(digit -> digit >= '1' && digit <= '9')) {
            return BigDecimal.ZERO;
        }
        return number.charAt(exponent + 1) == '-' ? TOO_FINE : TOO_LARGE;
    }

    private static int exponent(String number) {
        return Math.max(number.indexOf('e'), number.indexOf('E'));
    }

    private static boolean isBeyond(BigDecimal number) {
        long exponent = (long) number.precision() - number.scale();
        // The largest of all has a digit more
        return exponent > MAX_EXPONENT
                && (exponent > MAX_EXPONENT + 1 || number.abs().compareTo(new BigDecimal(LARGEST)) > 0);
    }
}
