package dev.roster.api.openapi;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;

/** Follows references between schemas. */
final class References {
    private final Map<String, Schema> schemas;
    private final Set<String> found = new HashSet<>();

    private References(Map<String, Schema> schemas) {
        this.schemas = schemas;
    }

    /** The names of all schemas that a request body can contain. */
    static Set<String> ofRequests(OpenAPI document) {
        References references = new References(document.getComponents().getSchemas());
        document.getPaths().getPathItems().values().stream()
                .flatMap(item -> item.getOperations().values().stream())
                .filter(operation -> operation.getRequestBody() != null)
                .flatMap(
                        operation ->
                                operation
                                        .getRequestBody()
                                        .getContent()
                                        .getMediaTypes()
                                        .values()
                                        .stream())
                .forEach(body -> references.follow(body.getSchema()));
        return references.found;
    }

    private void follow(Schema schema) {
        if (schema == null) {
            return;
        }
        String name = Responses.name(schema);
        if (name != null && found.add(name)) {
            follow(schemas.get(name));
        }
        Stream.of(all(schema.getAllOf()), all(schema.getAnyOf()), all(schema.getOneOf()))
                .flatMap(Collection::stream)
                .forEach(this::follow);
        if (schema.getProperties() != null) {
            schema.getProperties().values().forEach(this::follow);
        }
        follow(schema.getItems());
        follow(schema.getAdditionalPropertiesSchema());
    }

    private static List<Schema> all(List<Schema> schemas) {
        return schemas == null ? List.of() : schemas;
    }
}
