package dev.roster.user;

import dev.roster.platform.error.RosterException;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * A change of metadata: by key (RFC 7396), where a value replaces, null removes and an absent key
 * stays; or as a whole, where null is a value like any other.
 *
 * @param whole whether the entries take the place of what there was
 */
public record MetadataPatch(boolean whole, Map<String, Object> entries) {
    /**
     * How many entries a change by key may lead to. What was written as a whole may have more, and
     * can be changed but not extended.
     */
    public static final int MAX_ENTRIES = 50;

    /** How many bytes of JSON a change as a whole may be, as it is sent with every row of every list. */
    public static final int MAX_BYTES = 16 * 1024;

    /** Removes all metadata. */
    public static final MetadataPatch CLEAR = new MetadataPatch(true, Map.of());

    /** Whether two values of JSON are the same, whatever class their numbers have and however those were written. */
    static boolean isSame(Object one, Object other) {
        if (one instanceof Map<?, ?> map && other instanceof Map<?, ?> others) {
            return map.keySet().equals(others.keySet())
                    && map.entrySet().stream().allMatch(entry -> isSame(entry.getValue(), others.get(entry.getKey())));
        }
        if (one instanceof List<?> list && other instanceof List<?> others) {
            return list.size() == others.size()
                    && IntStream.range(0, list.size()).allMatch(i -> isSame(list.get(i), others.get(i)));
        }
        if (one instanceof Number && other instanceof Number) {
            return new BigDecimal(one.toString()).compareTo(new BigDecimal(other.toString())) == 0;
        }
        return Objects.equals(one, other);
    }

    /** The metadata after the change; the very same where it changes nothing, however its numbers are written. */
    public Map<String, Object> apply(Map<String, Object> current) {
        Map<String, Object> changed = whole ? new HashMap<>(entries) : merge(current);
        return isSame(changed, current) ? current : changed;
    }

    /** What there is, changed by key: null removes, an absent key stays. */
    static Map<String, Object> merged(Map<String, Object> current, Map<String, Object> changes) {
        Map<String, Object> result = new HashMap<>(current);
        changes.forEach((key, value) -> {
            if (value == null) {
                result.remove(key);
            } else {
                result.put(key, value);
            }
        });
        return result;
    }

    private Map<String, Object> merge(Map<String, Object> current) {
        Map<String, Object> result = merged(current, entries);
        if (result.size() > MAX_ENTRIES && result.size() > current.size()) {
            throw RosterException.invalid("metadata", "must have at most " + MAX_ENTRIES + " entries");
        }
        return result;
    }
}
