package dev.roster.audit;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a change has changed: the fields that differ, before and after it. Long texts are cut off;
 * what clients keep in free form is named, not told.
 */
public record Changes(JsonObject before, JsonObject after) {
    /** Nothing that can be told, as with a password. */
    public static final Changes NONE = new Changes(new JsonObject(), new JsonObject());

    // Names and addresses fit; a row shall stay small, whatever a client stores.
    private static final int LONGEST_TEXT = 300;

    private static final int MOST_NAMES = 50;

    /**
     * The fields that differ between two states, of which neither holds a secret. An empty state is
     * that of something that is made or removed.
     */
    public static Changes between(Map<String, ?> before, Map<String, ?> after) {
        Changes changes = new Changes(new JsonObject(), new JsonObject());
        TreeSet<String> fields = new TreeSet<>(before.keySet());
        fields.addAll(after.keySet());
        for (String field : fields) {
            if (!Objects.equals(before.get(field), after.get(field))) {
                put(changes.before, field, before.get(field));
                put(changes.after, field, after.get(field));
            }
        }
        return changes;
    }

    /** Only these fields of the changes. */
    public Changes only(String... fields) {
        Changes some = new Changes(new JsonObject(), new JsonObject());
        for (String field : fields) {
            copy(before, some.before, field);
            copy(after, some.after, field);
        }
        return some;
    }

    /** All changes but those of these fields. */
    public Changes except(String... fields) {
        Changes rest = new Changes(before.copy(), after.copy());
        for (String field : fields) {
            rest.before.remove(field);
            rest.after.remove(field);
        }
        return rest;
    }

    public boolean isEmpty() {
        return before.isEmpty() && after.isEmpty();
    }

    /** The keys, in their order, by which two maps of free form differ; values are never told. */
    public static String changedKeys(Map<String, ?> before, Map<String, ?> after) {
        TreeSet<String> keys = new TreeSet<>(before.keySet());
        keys.addAll(after.keySet());
        keys.removeIf(key -> Objects.equals(before.get(key), after.get(key)));
        return names(keys, key -> key);
    }

    /** Names in one text; of many, the first. */
    public static <T> String names(Collection<T> named, Function<T, String> name) {
        return named.stream().limit(MOST_NAMES).map(name).map(Changes::text).collect(Collectors.joining(", "));
    }

    /** A value as JSON has it: PostgreSQL takes no NUL, and no one wants a text without an end. */
    static Object value(Object value) {
        if (value == null || value instanceof Boolean || value instanceof Number) {
            return value;
        }
        return value instanceof Instant || value instanceof UUID ? value.toString() : text(value.toString());
    }

    private static String text(String value) {
        StringBuilder printable = new StringBuilder();
        value.codePoints()
                .limit(LONGEST_TEXT)
                .map(point -> Character.isISOControl(point) ? ' ' : point)
                .map(point -> isHalf(point) ? '\uFFFD' : point)
                .forEach(printable::appendCodePoint);
        return printable.toString();
    }

    private static boolean isHalf(int point) {
        return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
    }

    private static void put(JsonObject state, String field, Object value) {
        if (value != null) {
            state.put(field, value(value));
        }
    }

    private static void copy(JsonObject from, JsonObject to, String field) {
        if (from.containsKey(field)) {
            to.put(field, from.getValue(field));
        }
    }
}
