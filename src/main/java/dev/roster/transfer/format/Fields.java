package dev.roster.transfer.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roster.platform.error.RosterException;
import dev.roster.platform.validation.CanonicalText;
import dev.roster.platform.validation.StorableText;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Writes a line of an import field by field; what there is not is left out. */
final class Fields {
    private static final int DISPLAY_NAME = 150;
    private static final int GROUP_NAME = 63;

    /** The status of who is let in. */
    static final String ON = "active";

    /** The status of who is switched off. */
    static final String OFF = "deactivated";

    private final ObjectNode line = JsonNodeFactory.instance.objectNode();

    Fields set(String field, JsonNode value) {
        return set(field, text(field, value));
    }

    /** The first of these that there is. */
    Fields set(String field, String... candidates) {
        String value = first(candidates);
        if (value != null) {
            line.put(field, value);
        }
        return this;
    }

    /** The display name: the first of these that there is, as long as it may be. */
    Fields displayName(String... candidates) {
        String name = first(candidates);
        return set("display_name", name == null ? null : shortened(name, DISPLAY_NAME));
    }

    private static String shortened(String text, int most) {
        return CanonicalText.isLonger(text, most) ? text.substring(0, text.offsetByCodePoints(0, most)) : text;
    }

    /**
     * The status by what tells it; none where that is not there, since what a line leaves out stays.
     *
     * @param on whether it is a word of those who are let in: whoever has one that is not known is not
     */
    Fields onWhere(JsonNode told, Predicate<String> on) {
        return onWhere(text("status", told), on);
    }

    Fields onWhere(String told, Predicate<String> on) {
        return told == null ? this : set("status", on.test(told) ? ON : OFF);
    }

    /** The groups of these names, as names of groups are written here; none are none. */
    Fields groups(JsonNode names) {
        return groups(names, name -> name);
    }

    /** The groups of these paths, by the last part of each. */
    Fields groupPaths(JsonNode paths) {
        return groups(paths, path -> path.substring(path.lastIndexOf('/') + 1));
    }

    private Fields groups(JsonNode given, UnaryOperator<String> name) {
        if (!isNone(given)) {
            ArrayNode groups = line.putArray("groups");
            texts("groups", list("groups", given))
                    .map(name)
                    .filter(text -> !text.isBlank())
                    .map(Fields::groupName)
                    .distinct()
                    .forEach(groups::add);
        }
        return this;
    }

    /** In lower case, with hyphens for all that no name of a group has; as it is where nothing would be left of it. */
    static String groupName(String name) {
        String plain = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        String cut = plain.substring(0, Math.min(plain.length(), GROUP_NAME)).replaceAll("^-|-$", "");
        return cut.isEmpty() ? name : cut;
    }

    Fields metadata(JsonNode metadata) {
        if (metadata.isObject() && !metadata.isEmpty()) {
            line.set("metadata", metadata);
        }
        return this;
    }

    /** Whether the password has expired whose hash there is. Of one that stays in the other system nothing is said here. */
    Fields expired(boolean expired) {
        if (expired && line.has("password_hash")) {
            line.put("password_expired", true);
        }
        return this;
    }

    ObjectNode line() {
        return line;
    }

    /** The words that there are, with a space between; null where there is none. */
    static String joined(String... words) {
        return first(Stream.of(words)
                .filter(word -> word != null && !word.isBlank())
                .map(String::strip)
                .collect(Collectors.joining(" ")));
    }

    /** The first that there is; null where there is none. */
    static String first(String... candidates) {
        return Stream.of(candidates)
                .filter(text -> text != null && !text.isBlank())
                .map(String::strip)
                .findFirst()
                .orElse(null);
    }

    /** A list; none is empty. What is none would be lost without a word, and is refused. */
    static JsonNode list(String field, JsonNode given) {
        if (!given.isArray() && !isNone(given)) {
            throw RosterException.invalid(field, "must be an array");
        }
        return given;
    }

    static boolean isNone(JsonNode given) {
        return given.isMissingNode() || given.isNull();
    }

    static Stream<String> texts(String field, JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .filter(JsonNode::isValueNode)
                .map(value -> value.isNull() ? value.asText() : text(field, value));
    }

    /** The text of a field; null where there is none. */
    static String text(JsonNode object, String field) {
        return text(field, object.path(field));
    }

    /** The hash in a field; null where there is none. What is no text would be lost without a word, and is refused. */
    static String hash(JsonNode object, String field) {
        JsonNode value = object.path(field);
        if (value.isContainerNode()) {
            throw RosterException.invalid(field, "must be a text");
        }
        return first(text(field, value));
    }

    /** Refuses a hash in a form that is not read. */
    static void refuseHash(JsonNode object, String field) {
        if (object.hasNonNull(field)) {
            throw RosterException.invalid(field, "is no hash that is read here; hashes=ignore passes over it");
        }
    }

    static String text(String field, JsonNode value) {
        // Of such a number there may be no more than that it is one
        if (value.isNumber() && !StorableText.isStorable(value.numberValue())) {
            throw RosterException.invalid(field, "must be without " + StorableText.NUMBERS);
        }
        return value.isValueNode() && !value.isNull() ? value.asText() : null;
    }
}
