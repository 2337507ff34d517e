package dev.roster.user;

import dev.roster.platform.error.RosterException;
import java.util.HashMap;
import java.util.Map;

/**
 * A change of metadata by key (RFC 7396): a value replaces, null removes, an absent key stays.
 *
 * @param clear removes everything there was first
 */
public record MetadataPatch(boolean clear, Map<String, Object> entries) {
    /** The Lenses limit, kept for every writer so that any contract can show what another wrote. */
    public static final int MAX_ENTRIES = 50;

    /** Removes all metadata. */
    public static final MetadataPatch CLEAR = new MetadataPatch(true, Map.of());

    /** The metadata after the change. */
    public Map<String, Object> apply(Map<String, Object> current) {
        Map<String, Object> result = clear ? new HashMap<>() : new HashMap<>(current);
        entries.forEach(
                (key, value) -> {
                    if (value == null) {
                        result.remove(key);
                    } else {
                        result.put(key, value);
                    }
                });
        if (result.size() > MAX_ENTRIES) {
            throw RosterException.invalid(
                    "metadata", "must have at most " + MAX_ENTRIES + " entries");
        }
        return result;
    }
}
