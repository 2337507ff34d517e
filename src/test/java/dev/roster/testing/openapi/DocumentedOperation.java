package dev.roster.testing.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * One operation of a document.
 *
 * @param path as it stands in the document, with its parameters in braces
 * @param method in lower case
 */
public record DocumentedOperation(OpenApiDocument document, String path, String method, JsonNode json) {
    // Every exchange of the tests is compared with every path
    private static final Map<String, Pattern> PATTERNS = new ConcurrentHashMap<>();

    boolean matches(String requested) {
        return PATTERNS.computeIfAbsent(path, DocumentedOperation::pattern)
                .matcher(requested)
                .matches();
    }

    private static Pattern pattern(String path) {
        return Pattern.compile(Pattern.quote(path).replaceAll("\\{[a-z_]+}", "\\\\E[^/]+\\\\Q"));
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
