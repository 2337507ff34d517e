package dev.roster.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.restassured.response.Response;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Compares a whole JSON answer, every key and value of it, with what is expected. The expected text
 * may use single quotes, and placeholders for values that differ from run to run: {@code <uuid>}
 * for one that the service made, {@code <id>} for any, {@code <time>} and {@code <text>}.
 */
public final class JsonAnswer {
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

    private static final ObjectReader EXPECTED = JSON.reader().with(JsonReadFeature.ALLOW_SINGLE_QUOTES);

    private static final Map<String, Pattern> PLACEHOLDERS = Map.of(
            "<uuid>",
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"),
            "<id>",
            Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"),
            "<time>",
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?Z"),
            "<text>",
            Pattern.compile("(?s).+"));

    private JsonAnswer() {}

    /** Fails unless the answer has this status and, as JSON, exactly this body. */
    public static void assertAnswer(Response answer, int status, String expected) {
        assertEquals(status, answer.statusCode(), answer.asString());
        assertEquals("application/json", answer.contentType().split(";", 2)[0]);
        assertBody(answer, expected);
    }

    /** Fails, showing both sides, unless the body is exactly as expected. */
    public static void assertBody(Response answer, String expected) {
        assertJson(answer.asString(), expected);
    }

    /** Fails, showing both sides, unless the text is exactly as expected. */
    public static void assertJson(String actual, String expected) {
        JsonNode wanted = read(EXPECTED, expected);
        assertEquals(write(wanted), write(masked(read(JSON.reader(), actual), wanted)));
    }

    private static JsonNode masked(JsonNode actual, JsonNode wanted) {
        if (actual.isTextual() && wanted.isTextual()) {
            Pattern pattern = PLACEHOLDERS.get(wanted.textValue());
            boolean fits =
                    pattern != null && pattern.matcher(actual.textValue()).matches();
            return fits ? TextNode.valueOf(wanted.textValue()) : actual;
        }
        if (actual instanceof ObjectNode object && wanted instanceof ObjectNode) {
            object.properties().forEach(field -> {
                JsonNode other = wanted.path(field.getKey());
                field.setValue(masked(field.getValue(), other));
            });
        }
        if (actual instanceof ArrayNode array && wanted instanceof ArrayNode) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, masked(array.get(i), wanted.path(i)));
            }
        }
        return actual;
    }

    private static JsonNode read(ObjectReader reader, String json) {
        try {
            return reader.readTree(json);
        } catch (JsonProcessingException failure) {
            throw new AssertionError("no JSON: " + json, failure);
        }
    }

    // Through a map: only maps are written with their keys in order.
    private static String write(JsonNode node) {
        try {
            return JSON.writeValueAsString(JSON.treeToValue(node, Object.class));
        } catch (JsonProcessingException failure) {
            throw new AssertionError(failure);
        }
    }
}
