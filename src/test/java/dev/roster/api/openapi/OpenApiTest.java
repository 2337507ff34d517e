package dev.roster.api.openapi;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaId;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import dev.roster.security.Scope;
import dev.roster.testing.openapi.DocumentedOperation;
import dev.roster.testing.openapi.OpenApiDocument;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The document that {@code /q/openapi} serves is complete; what it says is tested everywhere. */
@QuarkusTest
class OpenApiTest {
    private static final String PUBLIC = "Permission: no scope";

    @Test
    void whenDocumentThenItSaysWhatItIs() {
        JsonNode json = document().json();
        assertTrue(json.path("openapi").asText().startsWith("3.1."));
        assertEquals("Roster", json.at("/info/title").asText());
        assertFalse(json.at("/info/version").asText().isEmpty());
        assertEquals("Apache 2.0", json.at("/info/license/name").asText());
    }

    @Test
    void whenReferenceThenItLeadsSomewhere() {
        JsonNode json = document().json();
        assertEquals(
                List.of(),
                json.findValuesAsText("$ref").stream()
                        .filter(ref -> json.at(ref.substring(1)).isMissingNode())
                        .toList());
    }

    @Test
    void whenServerThenRelative() {
        assertEquals("[{\"url\":\"/\"}]", document().json().path("servers").toString());
    }

    @Test
    void whenSchemaThenItIsOneOfJsonSchema202012() {
        var metaSchema =
                JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                        .getSchema(SchemaLocation.of(SchemaId.V202012));
        document()
                .json()
                .findValues("schema")
                .forEach(schema -> assertEquals(Set.of(), metaSchema.validate(schema)));
        document()
                .json()
                .at("/components/schemas")
                .forEach(schema -> assertEquals(Set.of(), metaSchema.validate(schema)));
    }

    @Test
    void whenPropertyThenItIsSnakeCase() {
        List<String> wrong =
                document().json().findValues("properties").stream()
                        .flatMap(properties -> properties.properties().stream())
                        .map(Map.Entry::getKey)
                        .filter(name -> !name.matches("[a-z0-9]+(_[a-z0-9]+)*"))
                        .toList();
        assertEquals(List.of(), wrong);
    }

    @Test
    void whenResourceThenDocumented() {
        List<String> documented =
                operations()
                        .map(operation -> operation.toString().replaceFirst("#.*", ""))
                        .sorted()
                        .toList();
        assertEquals(Routes.ofTheService(), documented);
    }

    /** Generators of code make a type of each schema, and cannot of one that does not say which. */
    @Test
    void whenSchemaThenGeneratorsKnowItsType() {
        List<String> wrong = new ArrayList<>();
        for (DocumentedOperation operation : operations().toList()) {
            for (JsonNode schema : operation.json().findValues("schema")) {
                if (schema.has("enum") && !schema.has("type")) {
                    wrong.add(operation + " " + schema);
                }
            }
        }
        document()
                .json()
                .at("/components/schemas")
                .properties()
                .forEach(
                        schema -> {
                            if (schema.getValue().path("type").asText().equals("null")) {
                                wrong.add(schema.getKey());
                            }
                        });
        assertEquals(List.of(), wrong);
    }

    @Test
    void whenBodyMayBeLeftOutThenSaidSo() {
        assertEquals(
                List.of("POST /api/v1/service-accounts/{name}/token"),
                operations()
                        .filter(operation -> operation.json().has("requestBody"))
                        .filter(
                                operation ->
                                        !operation.json().at("/requestBody/required").asBoolean())
                        .map(DocumentedOperation::toString)
                        .toList());
    }

    @Test
    void whenOperationIdThenUnique() {
        Set<String> ids = new HashSet<>();
        operations()
                .map(operation -> operation.json().path("operationId").asText())
                .forEach(id -> assertTrue(!id.isEmpty() && ids.add(id), id));
    }

    @Test
    void whenOperationThenComplete() {
        for (DocumentedOperation operation : operations().toList()) {
            JsonNode json = operation.json();
            String name = operation.toString();
            assertFalse(json.path("summary").asText().isEmpty(), name + " has no summary");
            assertEquals(1, json.path("tags").size(), name + " has no tag");
            assertTrue(json.path("description").asText().contains("Permission: "), name);
            assertEquals(isPublic(json), json.path("security").isEmpty(), name);
            if (!isPublic(json)) {
                assertTrue(json.path("responses").has("401"), name + " has no 401");
                assertTrue(json.path("responses").has("403"), name + " has no 403");
            }
            if (operation.path().contains("{")) {
                assertTrue(json.path("responses").has("404"), name + " has no 404");
            }
            assertEquals(pathParameters(operation.path()), pathParameters(json), name);
        }
    }

    @Test
    void whenBodyThenExampleThatItsSchemaAllows() {
        for (DocumentedOperation operation : operations().toList()) {
            operation
                    .json()
                    .findValues("content")
                    .forEach(
                            content ->
                                    content.properties()
                                            .forEach(
                                                    media ->
                                                            checkExamples(
                                                                    operation.toString(),
                                                                    media.getValue())));
        }
    }

    @Test
    void whenScopeThenInSecurityScheme() {
        JsonNode flow =
                document().json().at("/components/securitySchemes/oauth2/flows/clientCredentials");
        assertEquals("/oauth2/token", flow.path("tokenUrl").asText());
        Set<String> scopes = new TreeSet<>();
        flow.path("scopes").fieldNames().forEachRemaining(scopes::add);
        assertEquals(new TreeSet<>(Scope.ALL), scopes);
    }

    @Test
    void whenSwaggerUiThenServed() {
        given().get("/q/swagger-ui/").then().statusCode(200).body(containsString("/q/openapi"));
    }

    private static void checkExamples(String operation, JsonNode media) {
        boolean saysNothing =
                media.at("/schema/$ref").asText().equals("#/components/schemas/ZenmlNothing");
        assertEquals(saysNothing, media.path("examples").isEmpty(), operation + ": example");
        for (JsonNode example : media.path("examples")) {
            JsonNode found =
                    example.has("$ref")
                            ? document().json().at(example.path("$ref").asText().substring(1))
                            : example;
            assertEquals(
                    List.of(),
                    document().checkAnswer(media.path("schema"), found.path("value")),
                    operation);
        }
    }

    private static boolean isPublic(JsonNode operation) {
        return operation.path("description").asText().contains(PUBLIC);
    }

    private static Set<String> pathParameters(String path) {
        return Stream.of(path.replaceFirst("#.*", "").split("/", -1))
                .filter(segment -> segment.startsWith("{"))
                .map(segment -> segment.substring(1, segment.length() - 1))
                .collect(Collectors.toSet());
    }

    private static Set<String> pathParameters(JsonNode operation) {
        Set<String> names = new HashSet<>();
        for (JsonNode parameter : operation.path("parameters")) {
            if (parameter.path("in").asText().equals("path")) {
                names.add(parameter.path("name").asText());
            }
        }
        return names;
    }

    /** Those of the service; resources of the tests are served below {@code /test}. */
    private static Stream<DocumentedOperation> operations() {
        return document().operations().stream()
                .filter(operation -> !operation.path().startsWith("/test/"));
    }

    private static OpenApiDocument document() {
        return OpenApiDocument.served();
    }
}
