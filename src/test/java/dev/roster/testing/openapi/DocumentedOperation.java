package dev.roster.testing.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One operation of a document.
 *
 * @param path as it stands in the document, with its parameters in braces
 * @param method in lower case
 */
public record DocumentedOperation(OpenApiDocument document, String path, String method, JsonNode json) {

    boolean matches(String requested) {
        String pattern = Pattern.quote(path);
        return requested.matches(pattern.replaceAll("\\{[a-z_]+}", "\\\\E[^/]+\\\\Q"));
    }

    /** The scheme by which a shared path is known to be this one. */
    public String scheme() {
        return json.at("/security/0").has("UserKey") ? "UserKey" : "Bearer";
    }

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
        return method.toUpperCase(Locale.ROOT) + " " + path;
    }
}
