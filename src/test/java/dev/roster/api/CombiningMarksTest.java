package dev.roster.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roster.caller.Role;
import dev.roster.testing.TestOrganization;
import dev.roster.testing.openapi.DocumentedOperation;
import dev.roster.testing.openapi.OpenApiDocuments;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Long runs of combining marks, whose normalisation is quadratic, are refused in every text that
 * the document names.
 */
@QuarkusTest
@Tag("packaged")
class CombiningMarksTest {
    private static final String MARKS = "\u0300\u0316";
    private static final String LONG = MARKS.repeat(4_000); // 16 KB in UTF-8
    private static final String ENCODED = "%CC%80%CC%96".repeat(600); // as much as a URI may have
    // Take any JSON, which is kept as it is and never normalised
    private static final List<String> FREE = List.of("settings");
    // Compares what it knows and passes over the rest: nothing is normalised
    private static final String LOGOUT = "/oauth2/logout";
    private static final String IMPORT = "/api/v1/users/import";

    private final TestOrganization organization = TestOrganization.create();
    private String token;
    private final List<String> wrong = new ArrayList<>();
    private int tried;

    @BeforeEach
    void readDocument() {
        token = organization.token(Role.ADMIN);
    }

    @Test
    void whenAnyTextIsARunOfMarksThenRefused() {
        for (DocumentedOperation operation : OpenApiDocuments.operations().toList()) {
            for (JsonNode parameter : operation.json().path("parameters")) {
                inUri(operation, parameter);
            }
            JsonNode content = operation.json().at("/requestBody/content");
            content.fields().forEachRemaining(type -> operation
                    .document()
                    .resolve(type.getValue().path("schema"))
                    .path("properties")
                    .fieldNames()
                    .forEachRemaining(field -> inBody(operation, type.getKey(), field)));
        }
        assertEquals(List.of(), wrong);
        assertTrue(tried > 100, "only " + tried + " texts");
    }

    private void inUri(DocumentedOperation operation, JsonNode parameter) {
        String name = parameter.path("name").asText();
        String path = operation.path();
        if (parameter.path("in").asText().equals("path")) {
            path = path.replace("{" + name + "}", ENCODED);
        } else if (parameter.path("in").asText().equals("query")) {
            path += "?" + name + "=" + ENCODED;
        } else {
            return;
        }
        send(operation, path.replaceAll("\\{[a-z_]+}", "x"), request(operation), name);
    }

    private void inBody(DocumentedOperation operation, String type, String field) {
        if (FREE.stream().anyMatch(operation.path()::endsWith)) {
            return;
        }
        RequestSpecification request = request(operation);
        if (type.contains("form")) {
            request.contentType("application/x-www-form-urlencoded; charset=UTF-8")
                    .formParam(field, LONG);
        } else {
            request.contentType("application/json; charset=UTF-8").body(Map.of(field, LONG));
        }
        send(operation, operation.path().replaceAll("\\{[a-z_]+}", "x"), request, field);
    }

    private void send(DocumentedOperation operation, String path, RequestSpecification request, String text) {
        tried++;
        Response answer =
                request.urlEncodingEnabled(false).request(operation.method().toUpperCase(Locale.ROOT), path);
        int status = answer.statusCode();
        boolean refused = path.equals(IMPORT)
                ? answer.asString().contains("\"errors\":1,")
                : (status >= 400 && status < 500) || (path.startsWith(LOGOUT) && status == 200);
        if (!refused) {
            wrong.add(operation + " " + text + ": " + status);
        }
    }

    private RequestSpecification request(DocumentedOperation operation) {
        return RestAssured.given().noFilters().header("Authorization", operation.scheme() + " " + token);
    }
}
