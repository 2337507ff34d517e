package dev.roster.audit;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/**
 * What a change has changed: the fields that differ, before and after it. Long texts are cut off;
 * what clients keep in free form is named, not told.
 */
public record Changes(JsonObject before, JsonObject after) {
    /** Nothing that can be told, as with a password. */
    public static final Changes NONE = new Changes(new JsonObject(), new JsonObject());

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
    public static Listed changedKeys(Map<String, ?> before, Map<String, ?> after) {
        TreeSet<String> keys = new TreeSet<>(before.keySet());
        keys.addAll(after.keySet());
        keys.removeIf(key -> Objects.equals(before.get(key), after.get(key)));
        return Listed.names(keys, key -> key);
    }

    /** A value as JSON has it, a long one cut off. */
    static Object value(Object value) {
        if (value == null || value instanceof Boolean || value instanceof Number) {
            return value;
        }
        return value instanceof Listed ? value.toString() : CutText.of(value.toString());
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
