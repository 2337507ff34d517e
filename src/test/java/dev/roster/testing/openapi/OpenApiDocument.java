package dev.roster.testing.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The OpenAPI document of one contract. */
public final class OpenApiDocument {
    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
    private static final SchemaValidatorsConfig CONFIG =
            SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PARAMETERS = "parameters";

    private final String name;
    private final JsonNode json;
    private final JsonNode strictComponents;
    private final Map<JsonNode, JsonSchema> open = new ConcurrentHashMap<>();
    private final Map<JsonNode, JsonSchema> strict = new ConcurrentHashMap<>();
    private final List<DocumentedOperation> operations = new ArrayList<>();

    /**
     * @param name the last part of its address
     */
    OpenApiDocument(String name, String text) {
        this.name = name;
        json = read(text);
        strictComponents = strict(json.path("components"));
        for (Map.Entry<String, JsonNode> path : json.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
                if (!method.getKey().equals(PARAMETERS)) {
                    operations.add(operation(path, method));
                }
            }
        }
    }

    private DocumentedOperation operation(Map.Entry<String, JsonNode> path, Map.Entry<String, JsonNode> method) {
        ObjectNode whole = method.getValue().deepCopy();
        ArrayNode parameters = whole.withArray(PARAMETERS);
        path.getValue().path(PARAMETERS).forEach(parameters::add);
        return new DocumentedOperation(this, path.getKey(), method.getKey(), withoutReferences(whole));
    }

    public String name() {
        return name;
    }

    /** As it is served. */
    public JsonNode json() {
        return json;
    }

    /** All of them, each with what it refers to in its place, but for schemas. */
    public List<DocumentedOperation> operations() {
        return List.copyOf(operations);
    }

    /** The operations of a path without parameters, or else of the one with the fewest of them. */
    List<DocumentedOperation> serving(String path, boolean literally) {
        Optional<String> best = operations.stream()
                .filter(operation -> operation.matches(path))
                .map(DocumentedOperation::path)
                .min(Comparator.comparing(OpenApiDocument::parameters))
                .filter(found -> literally == found.equals(path));
        return operations.stream()
                .filter(operation -> best.filter(operation.path()::equals).isPresent())
                .toList();
    }

    private static long parameters(String path) {
        return path.chars().filter(character -> character == '{').count();
    }

    /** The operation of a method and path as they are called; empty where there is none. */
    Optional<DocumentedOperation> find(String method, String path) {
        return operations.stream()
                .filter(operation -> operation.method().equals(method))
                .filter(operation -> operation.path().equals(path))
                .findFirst();
    }

    /** What a reference leads to. */
    public JsonNode resolve(JsonNode node) {
        String reference = node.path("$ref").asText("");
        return reference.isEmpty() ? node : json.at(reference.substring(1));
    }

    /** What is wrong with a value that a client sends. */
    public List<String> checkRequest(JsonNode schema, JsonNode value) {
        return check(open, schema, json.path("components"), value);
    }

    /** What is wrong with a value that the service sends, in which every property is documented. */
    public List<String> checkAnswer(JsonNode schema, JsonNode value) {
        return check(strict, schema, strictComponents, value);
    }

    /** What is wrong with a value that the service sends, which may have further properties. */
    public List<String> checkOpenAnswer(JsonNode schema, JsonNode value) {
        return check(open, schema, json.path("components"), value);
    }

    private static List<String> check(
            Map<JsonNode, JsonSchema> known, JsonNode schema, JsonNode components, JsonNode value) {
        // Each line of an answer of ten thousand has the same
        JsonSchema read = known.computeIfAbsent(schema, part -> {
            ObjectNode root = part.deepCopy();
            root.set("components", components);
            return SCHEMAS.getSchema(root, CONFIG);
        });
        return read.validate(value).stream().map(ValidationMessage::getMessage).toList();
    }

    /** A text as JSON. */
    public static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException notJson) {
            throw new UncheckedIOException(notJson);
        }
    }

    private JsonNode withoutReferences(JsonNode node) {
        if (node.path("$ref").asText("").matches("#/components/(?!schemas/).*")) {
            return withoutReferences(resolve(node));
        }
        JsonNode copy = node.deepCopy();
        if (copy instanceof ObjectNode object) {
            node.properties().forEach(member -> object.set(member.getKey(), withoutReferences(member.getValue())));
        } else if (copy instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, withoutReferences(node.get(i)));
            }
        }
        return copy;
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
