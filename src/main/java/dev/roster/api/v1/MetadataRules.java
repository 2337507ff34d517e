package dev.roster.api.v1;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.roster.platform.error.RosterException;
import dev.roster.platform.json.JsonColumns;
import dev.roster.platform.validation.StorableText;
import dev.roster.user.MetadataPatch;
import io.vertx.core.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Metadata as the Lenses contract has it: an object of string values, changed by key. */
final class MetadataRules {
    private static final int MAX_KEY_BYTES = 40;
    private static final int MAX_VALUE_BYTES = 500;

    private static final ObjectMapper WHOLE = new ObjectMapper();

    private MetadataRules() {}

    /**
     * The change that a body asks for.
     *
     * @param node absent (Java null) asks for none; JSON null removes all metadata
     */
    static MetadataPatch patch(JsonNode node) {
        if (node == null) {
            return null;
        }
        return node.isNull() ? MetadataPatch.CLEAR : new MetadataPatch(false, entries(node));
    }

    /** What a new row starts with; null entries are as if they were absent. */
    static Map<String, Object> initial(JsonNode node) {
        return node == null || node.isNull() ? Map.of() : new MetadataPatch(false, entries(node)).apply(Map.of());
    }

    /**
     * All metadata of any JSON, as other contracts and the systems that users come from have it.
     *
     * @param node absent (Java null) or JSON null leaves it as it is
     */
    static Map<String, Object> whole(JsonNode node) {
        if (node == null || node.isNull()) {
            return null;
        }
        if (!node.isObject()) {
            throw RosterException.invalid("metadata", "must be an object");
        }
        Map<String, Object> metadata = WHOLE.convertValue(node, new TypeReference<>() {});
        if (!StorableText.isStorable(metadata)
                || (JsonColumns.exceeds(metadata, MetadataPatch.MAX_BYTES) && !isOfEntries(metadata))) {
            throw RosterException.invalid(
                    "metadata",
                    "must be at most " + MetadataPatch.MAX_BYTES + " bytes as JSON, without NUL, broken surrogates and "
                            + StorableText.NUMBERS);
        }
        return metadata;
    }

    /** Whether changes by key may have led to it, which are bounded otherwise. */
    private static boolean isOfEntries(Map<String, Object> metadata) {
        return metadata.size() <= MetadataPatch.MAX_ENTRIES
                && metadata.entrySet().stream()
                        .allMatch(entry -> bytes(entry.getKey()) <= MAX_KEY_BYTES
                                && entry.getValue() instanceof String value
                                && bytes(value) <= MAX_VALUE_BYTES);
    }

    /**
     * Metadata with string values only: other contracts may have stored numbers or objects, shown
     * as their JSON.
     */
    static Map<String, String> strings(Map<String, Object> metadata) {
        Map<String, String> strings = new TreeMap<>();
        metadata.forEach((key, value) -> strings.put(key, value instanceof String text ? text : Json.encode(value)));
        return strings;
    }

    private static Map<String, Object> entries(JsonNode node) {
        if (!node.isObject()) {
            throw RosterException.invalid("metadata", "must be an object");
        }
        Map<String, Object> entries = new HashMap<>();
        node.properties().forEach(entry -> entries.put(key(entry.getKey()), value(entry)));
        return entries;
    }

    private static String key(String key) {
        if (key.isEmpty() || bytes(key) > MAX_KEY_BYTES || !StorableText.isStorable(key)) {
            throw RosterException.invalid(
                    "metadata",
                    "must have keys of 1 to " + MAX_KEY_BYTES + " bytes, without NUL and broken surrogates");
        }
        return key;
    }

    private static String value(Map.Entry<String, JsonNode> entry) {
        if (entry.getValue().isNull()) {
            return null;
        }
        String value = entry.getValue().textValue();
        if (value == null || bytes(value) > MAX_VALUE_BYTES || !StorableText.isStorable(value)) {
            throw RosterException.invalid(
                    "metadata." + entry.getKey(),
                    "must be a string of at most " + MAX_VALUE_BYTES
                            + " bytes, without NUL and broken surrogates, or null");
        }
        return value;
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
