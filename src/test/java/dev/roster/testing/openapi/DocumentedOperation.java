package dev.roster.testing.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * One operation of the document.
 *
 * @param path as it stands in the document, with its parameters in braces
 * @param method in lower case
 */
public record DocumentedOperation(String path, String method, JsonNode json) {

    /** The answer of a status. */
    Optional<JsonNode> answer(int status) {
        return Optional.ofNullable(json.at("/responses").get(String.valueOf(status)));
    }

    /** The schema of a query parameter. */
    Optional<JsonNode> query(String name) {
        for (JsonNode parameter : json.path("parameters")) {
            if (parameter.path("in").asText().equals("query")
                    && parameter.path("name").asText().equals(name)) {
                return Optional.of(parameter.path("schema"));
            }
        }
        return Optional.empty();
    }

    @Override
    public String toString() {
        return method.toUpperCase(java.util.Locale.ROOT) + " " + path;
    }
}
