package dev.roster.transfer;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roster.testing.Eventually;
import dev.roster.testing.JsonAnswer;
import dev.roster.testing.openapi.OpenApiDocument;
import io.restassured.config.DecoderConfig;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/** Imports lines as a caller, and reads what is answered. Single quotes stand for double ones. */
final class ImportClient {
    static final String PATH = "/api/v1/users/import";
    static final String LINES = "application/x-ndjson";

    private static final RestAssuredConfig AS_TEXT = RestAssuredConfig.config()
            .encoderConfig(EncoderConfig.encoderConfig()
                    .encodeContentTypeAs(LINES, ContentType.TEXT)
                    .encodeContentTypeAs("text/csv", ContentType.TEXT)
                    .encodeContentTypeAs("application/json", ContentType.TEXT)
                    .encodeContentTypeAs("text/ldif", ContentType.TEXT)
                    .encodeContentTypeAs("application/scim+json", ContentType.TEXT)
                    .encodeContentTypeAs("application/octet-stream", ContentType.TEXT)
                    .defaultContentCharset("UTF-8")
                    .appendDefaultContentCharsetToContentTypeIfUndefined(false))
            // Not that of the machine
            .decoderConfig(DecoderConfig.decoderConfig().defaultContentCharset("UTF-8"));

    private final String token;

    ImportClient(String token) {
        this.token = token;
    }

    /** The lines of the answer, of which the last is the summary. */
    record Answer(List<String> lines) {

        String line(int index) {
            return lines.get(index);
        }

        String summary() {
            return lines.get(lines.size() - 1);
        }

        /** Fails unless these are all the lines, in their order. */
        void assertLines(String... expected) {
            String all = lines.stream().collect(Collectors.joining(",", "[", "]"));
            JsonAnswer.assertJson(all, "[" + String.join(",", expected) + "]");
        }

        void assertSummary(String expected) {
            JsonAnswer.assertJson(summary(), expected);
        }

        long count(String result) {
            return lines.stream()
                    .filter(line ->
                            OpenApiDocument.read(line).path("result").asText().equals(result))
                    .count();
        }
    }

    Answer send(String query, String... lines) {
        return sendText(query, LINES, String.join("\n", lines).replace('\'', '"'));
    }

    Answer sendText(String query, String type, String text) {
        Response answer = post(query, type, text);
        assertEquals(200, answer.statusCode(), answer.asString());
        assertEquals(LINES, answer.contentType().split(";", 2)[0]);
        // A sign of life, on a slow machine, is no result
        return new Answer(
                answer.asString().lines().filter(line -> !line.isBlank()).toList());
    }

    /** Closes an import of an organization that has no place left, and waits until another gets the place of it. */
    void awaitPlaceOf(ImportConnection leaving) throws IOException {
        Eventually.holds(() -> post("", LINES, "").statusCode() == 503);
        leaving.close();
        Eventually.holds(() -> post("", LINES, "").statusCode() == 200);
    }

    Response post(String query, String type, String text) {
        return post(query, type, text, "Accept", "*/*");
    }

    Response post(String query, String type, String text, String header, String value) {
        return given().config(AS_TEXT)
                .header(header, value)
                .urlEncodingEnabled(false)
                .header("Authorization", "Bearer " + token)
                .contentType(type)
                .body(text)
                .post(PATH + query);
    }
}
