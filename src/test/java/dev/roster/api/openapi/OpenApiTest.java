package dev.roster.api.openapi;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaId;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import dev.roster.caller.Scope;
import dev.roster.testing.openapi.DocumentedOperation;
import dev.roster.testing.openapi.OpenApiDocument;
import dev.roster.testing.openapi.OpenApiDocuments;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The document that {@code /q/openapi} serves is complete; what it says is tested everywhere. */
@QuarkusTest
@Tag("packaged")
class OpenApiTest {
    private static final String PUBLIC = "Permission: no scope";

    @Test
    void whenDocumentThenItSaysWhatItIs() {
        assertEquals(
                List.of("Decube", "Kubiya", "Lenses HQ", "OAuth2", "Roster v1", "ZenML Pro"),
                documents()
                        .map(document -> document.json().at("/info/title").asText())
                        .toList());
        documents().map(OpenApiDocument::json).forEach(json -> {
            assertTrue(json.path("openapi").asText().startsWith("3.1."));
            assertFalse(json.at("/info/version").asText().isEmpty());
            assertFalse(json.at("/info/description").asText().isEmpty());
            assertEquals("Apache 2.0", json.at("/info/license/name").asText());
        });
    }

    @Test
    void whenReferenceThenItLeadsSomewhere() {
        assertEquals(
                List.of(),
                documents()
                        .flatMap(document -> document.json().findValues("$ref").stream()
                                .filter(ref -> document.json()
                                        .at(ref.asText().substring(1))
                                        .isMissingNode()))
                        .toList());
    }

    @Test
    void whenServerThenRelative() {
        documents()
                .forEach(document -> assertEquals(
                        "[{\"url\":\"/\"}]", document.json().path("servers").toString()));
    }

    @Test
    void whenSchemaThenItIsOneOfJsonSchema202012() {
        var metaSchema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(SchemaLocation.of(SchemaId.V202012));
        documents().map(OpenApiDocument::json).forEach(json -> {
            json.findValues("schema").forEach(schema -> assertValid(metaSchema, schema));
            json.at("/components/schemas").forEach(schema -> assertValid(metaSchema, schema));
        });
    }

    @Test
    void whenPropertyThenItIsSnakeCase() {
        List<String> wrong = documents()
                .flatMap(document -> document.json().findValues("properties").stream())
                .flatMap(properties -> properties.properties().stream())
                .map(Map.Entry::getKey)
                .filter(name -> !name.matches("[a-z0-9]+(_[a-z0-9]+)*"))
                .toList();
        assertEquals(List.of(), wrong);
    }

    @Test
    void whenResourceThenDocumented() {
        List<String> documented = OpenApiDocuments.operations()
                .map(DocumentedOperation::toString)
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
        documents()
                .flatMap(document -> document.json().at("/components/schemas").properties().stream())
                .filter(schema -> schema.getValue().path("type").asText().equals("null"))
                .forEach(schema -> wrong.add(schema.getKey()));
        assertEquals(List.of(), wrong);
    }

    @Test
    void whenBodyMayBeLeftOutThenSaidSo() {
        assertEquals(
                List.of(
                        "DELETE /api/v1/app/user",
                        "POST /api/v1/service-accounts/{name}/token",
                        "POST /oauth2/logout",
                        "POST /api/v1/users/{name}/reactivate"),
                operations()
                        .filter(operation -> operation.json().has("requestBody"))
                        .filter(operation ->
                                !operation.json().at("/requestBody/required").asBoolean())
                        .map(DocumentedOperation::toString)
                        .distinct()
                        .toList());
    }

    /** Any body may come too late, or be encoded. */
    @Test
    void whenBodyIsTakenThenItsRefusalsAreDocumented() {
        assertEquals(
                List.of(),
                operations()
                        .filter(operation -> operation.json().has("requestBody"))
                        .filter(operation -> {
                            JsonNode answers = operation.json().path("responses");
                            return !answers.has("default") && !(answers.has("408") && answers.has("415"));
                        })
                        .map(DocumentedOperation::toString)
                        .toList());
    }

    /** What a contract refuses, its document refuses: Roster v1 takes no field that it does not know. */
    @Test
    void whenJsonObjectIsSentThenUnknownFieldsAreSpokenOf() {
        OpenApiDocument document = documents()
                .filter(one -> one.json().at("/info/title").asText().equals("Roster v1"))
                .findFirst()
                .orElseThrow();
        assertEquals(
                List.of(),
                document.operations().stream()
                        .map(operation -> operation.json().at("/requestBody/content/application~1json/schema/$ref"))
                        .filter(JsonNode::isTextual)
                        .map(reference -> reference.asText().substring(1))
                        .filter(schema -> !document.json().at(schema).has("additionalProperties"))
                        .toList());
    }

    /** Headers carry ASCII alone for sure (RFC 9110 section 5.5). */
    @Test
    void whenHeaderIsAskedForThenItsExampleIsOne() {
        assertEquals(
                List.of(),
                operations()
                        .flatMap(operation -> operation.json().findValues("parameters").stream())
                        .flatMap(parameters -> parameters.findParents("in").stream())
                        .filter(parameter -> parameter.path("in").asText().equals("header"))
                        .flatMap(parameter -> parameter.findValues("examples").stream())
                        .map(JsonNode::toString)
                        .filter(examples -> !examples.chars().allMatch(letter -> letter >= ' ' && letter <= '~'))
                        .toList());
    }

    @Test
    void whenPreconditionMayFailThenTheHeaderIsDocumented() {
        assertEquals(
                List.of(),
                operations()
                        .filter(operation ->
                                operation.json().at("/responses").has("412") != takesHeader(operation, "If-Match"))
                        .map(DocumentedOperation::toString)
                        .toList());
    }

    private static boolean takesHeader(DocumentedOperation operation, String name) {
        return operation.json().path("parameters").findValues("name").stream()
                .anyMatch(parameter -> parameter.asText().equals(name));
    }

    @Test
    void whenOperationIdThenUnique() {
        documents().forEach(document -> {
            Set<String> ids = new HashSet<>();
            document.operations().stream()
                    .map(operation -> operation.json().path("operationId").asText())
                    .forEach(id -> assertTrue(!id.isEmpty() && ids.add(id), id));
        });
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
            boolean anyError = json.path("responses").has("default");
            if (!isPublic(json) && !anyError) {
                assertTrue(json.path("responses").has("401"), name + " has no 401");
                assertTrue(json.path("responses").has("403"), name + " has no 403");
            }
            if (operation.path().contains("{") && !anyError) {
                assertTrue(json.path("responses").has("404"), name + " has no 404");
            }
            assertEquals(pathParameters(operation.path()), pathParameters(json), name);
        }
    }

    @Test
    void whenBodyThenExampleThatItsSchemaAllows() {
        for (DocumentedOperation operation : operations().toList()) {
            operation.json().findValues("content").forEach(content -> content.properties()
                    .forEach(media -> checkExamples(operation, media.getValue())));
        }
    }

    @Test
    void whenScopeThenInSecurityScheme() {
        documents()
                .map(document -> document.json().at("/components/securitySchemes/oauth2/flows/clientCredentials"))
                .forEach(flow -> {
                    assertEquals("/oauth2/token", flow.path("tokenUrl").asText());
                    Set<String> scopes = new TreeSet<>();
                    flow.path("scopes").fieldNames().forEachRemaining(scopes::add);
                    assertTrue(scopes.remove(Scope.PASSWORD_CHANGE));
                    assertEquals(new TreeSet<>(Scope.ALL), scopes);
                });
    }

    /** The contract names it, although this grant gives no refresh token (RFC 6749 section 4.4.3). */
    @Test
    void whenZenmlProThenClientsHaveARefreshUrl() {
        assertEquals(
                "/oauth2/token",
                OpenApiDocuments.named("zenml-pro")
                        .json()
                        .at("/components/securitySchemes/oauth2/flows/clientCredentials/refreshUrl")
                        .asText());
    }

    @Test
    void whenPersonsComeByACodeThenTheUrlsAreThoseOfTheMetadata() {
        List<JsonNode> flows = documents()
                .map(document -> document.json().at("/components/securitySchemes/oauth2/flows/authorizationCode"))
                .filter(flow -> !flow.isMissingNode())
                .toList();
        assertEquals(2, flows.size()); // that of ZenML Pro, whose contract demands it, and that of the endpoints
        JsonPath metadata =
                given().get("/.well-known/oauth-authorization-server").jsonPath();
        for (JsonNode flow : flows) {
            for (Map.Entry<String, String> url : Map.of(
                            "authorizationUrl", "authorization_endpoint",
                            "tokenUrl", "token_endpoint",
                            "refreshUrl", "token_endpoint")
                    .entrySet()) {
                String path = flow.path(url.getKey()).asText();
                assertEquals(metadata.getString("issuer") + path, metadata.getString(url.getValue()), url.getKey());
            }
        }
    }

    @Test
    void whenSwaggerUiThenServed() {
        given().get("/q/swagger-ui/").then().statusCode(200).body(containsString("/q/openapi"));
    }

    private static void checkExamples(DocumentedOperation operation, JsonNode media) {
        boolean saysNothing = media.at("/schema/$ref").asText().endsWith("/Nothing");
        assertEquals(saysNothing, media.path("examples").isEmpty(), operation + ": example");
        for (JsonNode example : media.path("examples")) {
            assertEquals(
                    List.of(),
                    operation.document().checkAnswer(media.path("schema"), example.path("value")),
                    operation.toString());
        }
    }

    private static void assertValid(JsonSchema metaSchema, JsonNode schema) {
        assertEquals(Set.of(), metaSchema.validate(schema));
    }

    private static boolean isPublic(JsonNode operation) {
        return operation.path("description").asText().contains(PUBLIC);
    }

    private static Set<String> pathParameters(String path) {
        return Stream.of(path.split("/", -1))
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

    private static Stream<DocumentedOperation> operations() {
        return documents().flatMap(document -> document.operations().stream());
    }

    private static Stream<OpenApiDocument> documents() {
        return OpenApiDocuments.served().stream();
    }
}
