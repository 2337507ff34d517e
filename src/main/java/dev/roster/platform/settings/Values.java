package dev.roster.platform.settings;

import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * How switches, times and sizes are read, those of Quarkus too: what is none is refused, where SmallRye Config takes any
 * word for false; and so is what nothing can count with, where the converters of Quarkus take numbers of any length.
 */
public final class Values {
    static final String SWITCH = "true or false";
    static final String TIME = "a time such as 30S, 5M, 1H or 7D";
    static final String SIZE = "a number of bytes, such as 512K or 24M";
    private static final String SHORT_TIME = "36500D at most";
    private static final String SMALL_SIZE = "less than 8E";

    /** What a value has to be, as it is said of one that is not. */
    static final List<String> WORDS = List.of(SWITCH, TIME, SIZE, SHORT_TIME, SMALL_SIZE);

    private static final Set<String> ON = Set.of("true", "yes", "y", "on", "1");
    private static final Set<String> OFF = Set.of("false", "no", "n", "off", "0");

    // A century, beyond which a time is a slip; it can be added to any other, and be counted in nanoseconds
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private static final BigInteger LARGEST = BigInteger.valueOf(Long.MAX_VALUE);

    // Those of Quarkus have 200
    private static final int INSTEAD = 300;

    private Values() {}

    /** Has a configuration read its values so. */
    public static void register(SmallRyeConfigBuilder builder) {
        builder.withConverter(
                Boolean.class,
                INSTEAD,
                text -> read(text, word -> isOn(word).orElseThrow(() -> new Unfit(SWITCH)), SWITCH));
        builder.withConverter(Duration.class, INSTEAD, text -> read(text, Values::time, TIME));
        builder.withConverter(MemorySize.class, INSTEAD, text -> read(text, Values::size, SIZE));
    }

    /** Null is a value that is not set. */
    private static <T> T read(String text, Function<String, T> reader, String words) {
        String value = text.strip();
        if (value.isEmpty()) {
            return null;
        }
        try {
            return reader.apply(value);
        } catch (Unfit unfit) {
            throw unfit;
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException none) {
            throw new Unfit(words);
        }
    }

    /** Whether a word says that something is on; empty where it says nothing of that. */
    public static Optional<Boolean> isOn(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        return ON.contains(lower) || OFF.contains(lower) ? Optional.of(ON.contains(lower)) : Optional.empty();
    }

    private static Duration time(String text) {
        Duration time = DurationConverter.parseDuration(text);
        if (time.compareTo(LONGEST) > 0 || time.compareTo(LONGEST.negated()) < 0) {
            throw new Unfit(SHORT_TIME);
        }
        return time;
    }

    private static MemorySize size(String text) {
        MemorySize size = new MemorySizeConverter().convert(text);
        if (size.asBigInteger().compareTo(LARGEST) > 0) {
            throw new Unfit(SMALL_SIZE);
        }
        return size;
    }

    /** A value that is not what its setting takes; the message never has the value, which may be a secret. */
    private static final class Unfit extends IllegalArgumentException {
        Unfit(String words) {
            super(words);
        }
    }
}
