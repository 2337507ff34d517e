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

    /** The operation that serves a request; literal segments win over parameters. */
    Optional<DocumentedOperation> find(String method, String rawPath) {
        return matching(rawPath).filter(operation -> operation.method().equals(method)).findFirst();
    }

    /** Whether any method is documented for a path. */
    boolean hasPath(String rawPath) {
        return matching(rawPath).findAny().isPresent();
    }

    /**
     * What is wrong with a value, where a schema of the document says what it must be. Objects with
     * named properties may have no others.
     */
    public List<String> check(JsonNode schema, JsonNode value) {
        ObjectNode root = schema.deepCopy();
        root.set("components", strictComponents);
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

    private Stream<DocumentedOperation> matching(String rawPath) {
        List<DocumentedOperation> literal =
                operations.stream().filter(operation -> operation.path().equals(rawPath)).toList();
        return literal.isEmpty()
                ? operations.stream().filter(operation -> matches(operation.path(), rawPath))
                : literal.stream();
    }

    private static boolean matches(String path, String rawPath) {
        String[] pattern = path.split("/", -1);
        String[] segments = rawPath.split("/", -1);
        if (pattern.length != segments.length) {
            return false;
        }
        for (int i = 0; i < pattern.length; i++) {
            if (!pattern[i].startsWith("{") && !pattern[i].equals(segments[i])) {
                return false;
            }
        }
        return true;
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
