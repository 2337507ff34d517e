package dev.roster.api;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roster.caller.Role;
import dev.roster.testing.TestClient;
import dev.roster.testing.TestOrganization;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A text comes back as it was sent, however JSON writes it (RFC 8259 section 7), as a value and as
 * the name of a property; and what an answer says can be sent again as it is.
 */
@QuarkusTest
@Tag("packaged")
class EscapedTextTest {
    private static final ObjectMapper RAW = new ObjectMapper();

    /** As Python writes JSON: nothing but ASCII, and two escapes for what is beyond the BMP. */
    private static final ObjectMapper ESCAPED =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private final TestOrganization organization = TestOrganization.create();
    private final TestClient mia = organization.add("mia", Role.ADMIN);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\uD83D\uDE00",
                "x\uD83D\uDE00y\uD83E\uDD84",
                "\uD800\uDC00",
                "\uDBFF\uDFFD",
                "\u00E9\u4F60\u0100",
                "\"\\/ ",
                "\uFFFD\uE000",
            })
    void whenEscapedThenTheSameAsRaw(String text) throws JsonProcessingException {
        assertKept("/api/v1/users/me/settings", "", json(text));
        assertKept("/api/v1/users/mia", "/metadata", metadata(text));
        assertKept("/users/" + mia.userId(), "/metadata", metadata(text));
        ObjectNode named = RAW.createObjectNode().put("display_name", "A" + text + "z");
        assertKept("/api/v1/users/mia", "/display_name", named);
        assertKept("/users/" + mia.userId(), "/name", RAW.createObjectNode().put("name", "A" + text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/users",
                "/api/v1/users?limit=10",
                "/api/v1/users/mia",
                "/api/v1/users/export",
                "/api/v2/users",
                "/users"
            })
    void whenBeyondTheBasicPlaneThenAnswersHaveItInUtf8(String path) throws JsonProcessingException {
        String text = "A\uD83D\uDE00z";
        patch("/api/v1/users/mia", RAW.writeValueAsString(RAW.createObjectNode().put("display_name", text)));
        byte[] answer = given().auth()
                .preemptive()
                .oauth2(mia.token())
                .get(path)
                .then()
                .statusCode(200)
                .extract()
                .asByteArray();
        // Not asString: of types that it does not know it takes the charset of the machine
        String read = new String(answer, StandardCharsets.UTF_8);
        assertTrue(read.contains(text), read);
    }

    private static ObjectNode json(String text) {
        ObjectNode inner = RAW.createObjectNode().put(text, text);
        return RAW.createObjectNode().put(text, text).set("in", inner);
    }

    private static ObjectNode metadata(String text) {
        return RAW.createObjectNode().set("metadata", RAW.createObjectNode().put(text, text));
    }

    /** Sends it in both spellings, and what was answered once more. */
    private void assertKept(String path, String pointer, ObjectNode sent) throws JsonProcessingException {
        for (ObjectMapper spelling : new ObjectMapper[] {RAW, ESCAPED}) {
            Response answer = patch(path, spelling.writeValueAsString(sent));
            assertEquals(200, answer.statusCode(), answer.asString());
            JsonNode kept = RAW.readTree(answer.asString()).at(pointer);
            JsonNode expected = sent.size() == 1 && !pointer.isEmpty() ? sent.at(pointer(sent)) : sent;
            assertEquals(expected, kept, path);
            ObjectNode again = pointer.isEmpty()
                    ? (ObjectNode) kept
                    : RAW.createObjectNode().set(sent.fieldNames().next(), kept);
            assertEquals(200, patch(path, spelling.writeValueAsString(again)).statusCode());
        }
    }

    private static String pointer(ObjectNode sent) {
        return "/" + sent.fieldNames().next();
    }

    private Response patch(String path, String body) {
        return given().header("Authorization", "Bearer " + mia.token())
                .contentType("application/json")
                .body(body)
                .patch(path);
    }
}
