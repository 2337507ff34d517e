package dev.roster.testing.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.restassured.RestAssured;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The OpenAPI document that the service under test serves. */
public final class OpenApiDocument {
    private static final JsonSchemaFactory SCHEMAS =
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
    private static final SchemaValidatorsConfig CONFIG =
            SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();

    private static OpenApiDocument served;

    private final JsonNode json;
    private final JsonNode strictComponents;
    private final List<DocumentedOperation> operations;

    private OpenApiDocument(JsonNode json) {
        this.json = json;
        strictComponents = strict(json.path("components"));
        operations = operations(json);
    }

    /** The document, asked for once: it is the same in every test profile. */
    public static synchronized OpenApiDocument served() {
        if (served == null) {
            String text =
                    RestAssured.given()
                            .noFilters()
                            .queryParam("format", "json")
                            .get("/q/openapi")
                            .then()
                            .statusCode(200)
                            .extract()
                            .asString();
            served = new OpenApiDocument(read(text));
        }
        return served;
    }

    public JsonNode json() {
        return json;
    }

    public List<DocumentedOperation> operations() {
        return operations;
    }

    /**
     * The operation that serves a request; literal segments win over parameters. Where a path is
     * documented under a scheme, as its fragment, it has no other operations under that scheme.
     */
    public Optional<DocumentedOperation> find(String method, String path, String scheme) {
        return serving(path, scheme).stream()
                .filter(operation -> operation.method().equals(method))
                .findFirst();
    }

    /** Whether any method is documented for a path. */
    boolean hasPath(String path) {
        return !serving(path, "").isEmpty();
    }

    /** What is wrong with a value that a client sends. */
    public List<String> checkRequest(JsonNode schema, JsonNode value) {
        return check(schema, json.path("components"), value);
    }

    /** What is wrong with a value that the service sends, in which every property is documented. */
    public List<String> checkAnswer(JsonNode schema, JsonNode value) {
        return check(schema, strictComponents, value);
    }

    private static List<String> check(JsonNode schema, JsonNode components, JsonNode value) {
        ObjectNode root = schema.deepCopy();
        root.set("components", components);
        return SCHEMAS.getSchema(root, CONFIG).validate(value).stream()
                .map(ValidationMessage::getMessage)
                .toList();
    }

    static JsonNode read(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (IOException notJson) {
            throw new UncheckedIOException(notJson);
        }
    }

    private List<DocumentedOperation> serving(String path, String scheme) {
        return Stream.of(
                        literal(path, scheme),
                        literal(path, ""),
                        templates(path, scheme),
                        templates(path, ""))
                .filter(found -> !found.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    private List<DocumentedOperation> literal(String path, String scheme) {
        return operations.stream()
                .filter(operation -> operation.isUnder(scheme))
                .filter(operation -> operation.realPath().equals(path))
                .toList();
    }

    private List<DocumentedOperation> templates(String path, String scheme) {
        return operations.stream()
                .filter(operation -> operation.isUnder(scheme))
                .filter(operation -> operation.matches(path))
                .toList();
    }

    private static List<DocumentedOperation> operations(JsonNode json) {
        List<DocumentedOperation> operations = new ArrayList<>();
        json.path("paths")
                .properties()
                .forEach(
                        path ->
                                path.getValue()
                                        .properties()
                                        .forEach(
                                                method ->
                                                        operations.add(
                                                                new DocumentedOperation(
                                                                        path.getKey(),
                                                                        method.getKey(),
                                                                        method.getValue()))));
        return operations;
    }

    private static JsonNode strict(JsonNode components) {
        JsonNode copy = components.deepCopy();
        for (JsonNode schema : copy.path("schemas")) {
            if (schema.has("properties") && !schema.has("additionalProperties")) {
                ((ObjectNode) schema).put("additionalProperties", false);
            }
        }
        return copy;
    }
}
