package dev.roster.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.restassured.response.Response;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Compares a whole answer, field by field, with what a contract says it is. A text of the expected
 * answer may be {@code #uuid}, {@code #time} or {@code #text}, for what differs each time.
 */
public final class Answers {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, Pattern> PLACEHOLDERS =
            Map.of(
                    "#uuid",
                    Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"),
                    "#time",
                    Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z"),
                    "#text",
                    Pattern.compile("(?s).+"));

    private Answers() {}

    /** Whether the answer has this status and exactly this JSON body. */
    public static void assertAnswer(Response answer, int status, String expected) {
        assertEquals(status, answer.statusCode(), answer.asString());
        assertEquals("application/json", answer.contentType().split(";", 2)[0]);
        JsonNode wanted = read(expected);
        JsonNode actual = read(answer.asString());
        assertEquals(wanted.toPrettyString(), mask(wanted, actual).toPrettyString());
    }

    /** Puts a placeholder wherever the expected tree has one that the value matches. */
    private static JsonNode mask(JsonNode expected, JsonNode actual) {
        if (expected.isTextual() && actual.isTextual()) {
            Pattern pattern = PLACEHOLDERS.get(expected.textValue());
            boolean matches = pattern != null && pattern.matcher(actual.textValue()).matches();
            return matches ? TextNode.valueOf(expected.textValue()) : actual;
        }
        if (expected.isObject() && actual.isObject()) {
            return object((ObjectNode) expected, (ObjectNode) actual);
        }
        if (expected.isArray() && actual.isArray()) {
            ArrayNode masked = JSON.createArrayNode();
            for (int i = 0; i < actual.size(); i++) {
                masked.add(
                        i < expected.size() ? mask(expected.get(i), actual.get(i)) : actual.get(i));
            }
            return masked;
        }
        return actual;
    }

    /** In the order of the expected fields: order means nothing in JSON. */
    private static ObjectNode object(ObjectNode expected, ObjectNode actual) {
        ObjectNode masked = JSON.createObjectNode();
        expected.properties()
                .forEach(
                        field -> {
                            if (actual.has(field.getKey())) {
                                JsonNode value = actual.get(field.getKey());
                                masked.set(field.getKey(), mask(field.getValue(), value));
                            }
                        });
        actual.properties()
                .forEach(
                        field -> {
                            if (!expected.has(field.getKey())) {
                                masked.set(field.getKey(), field.getValue());
                            }
                        });
        return masked;
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException failure) {
            throw new AssertionError("not JSON: " + json, failure);
        }
    }
}
