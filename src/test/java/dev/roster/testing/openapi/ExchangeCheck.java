package dev.roster.testing.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.restassured.filter.Filter;
import io.restassured.filter.FilterContext;
import io.restassured.response.Response;
import io.restassured.specification.FilterableRequestSpecification;
import io.restassured.specification.FilterableResponseSpecification;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Fails a test in which the service or an accepted request departs from the OpenAPI document of its
 * contract: an undocumented path, status, error code or header, or a body that is not as its schema
 * says.
 */
public final class ExchangeCheck implements Filter {
    private static final Pattern PERCENT_ENCODED = Pattern.compile("%([0-9A-Fa-f]{2})");

    private static final String JSON = "application/json";

    /** The documents themselves, and what only the tests serve. */
    private static final List<String> OURS_ONLY = List.of("/q/", "/test/", "/assets/");

    /** For people, who read no document. */
    private static final Pattern PAGES =
            Pattern.compile("/((signin|signout|password|account|invite|confirm-email|logos)(/.*)?)?");

    /** Headers of answers that programs rely on. */
    private static final Set<String> RELIED_ON = Set.of("ETag", "Retry-After", "WWW-Authenticate");

    @Override
    public Response filter(
            FilterableRequestSpecification request, FilterableResponseSpecification expected, FilterContext context) {
        Response response = context.next(request, expected);
        List<String> wrong = problems(request, response);
        if (!wrong.isEmpty()) {
            throw new AssertionError("%s %s answered %d, not as its document says: %s\n%s"
                    .formatted(
                            request.getMethod(), request.getURI(), response.statusCode(), wrong, response.asString()));
        }
        return response;
    }

    private static List<String> problems(FilterableRequestSpecification request, Response response) {
        URI uri = URI.create(request.getURI());
        boolean isPage = PAGES.matcher(uri.getRawPath()).matches();
        if (isPage || OURS_ONLY.stream().anyMatch(uri.getRawPath()::startsWith)) {
            return List.of();
        }
        String path = normal(uri);
        String method = request.getMethod().toLowerCase(Locale.ROOT);
        return OpenApiDocuments.find(method.equals("head") ? "get" : method, path, scheme(request))
                .map(operation -> problems(operation, request, response))
                .orElseGet(() -> unserved(path, response));
    }

    private static List<String> unserved(String path, Response response) {
        int status = response.statusCode();
        if (OpenApiDocuments.hasPath(path)) {
            return status == 405 || (status == 200 && response.header("Allow") != null)
                    ? List.of()
                    : List.of("the method is not documented");
        }
        return status >= 400 && status < 500 ? List.of() : List.of("the path is not documented");
    }

    private static List<String> problems(
            DocumentedOperation operation, FilterableRequestSpecification request, Response response) {
        JsonNode answer = operation.answer(response.statusCode()).orElse(null);
        if (answer == null) {
            return List.of("the status is not documented");
        }
        OpenApiDocument document = operation.document();
        List<String> wrong = new ArrayList<>(answerProblems(document, answer, request, response));
        if (response.statusCode() < 300) {
            wrong.addAll(queryProblems(document, operation, URI.create(request.getURI())));
            wrong.addAll(requestProblems(document, operation, request));
            wrong.addAll(containedProblems(operation, response));
        }
        return wrong;
    }

    /** What a client of a contained contract would miss. */
    private static List<String> containedProblems(DocumentedOperation operation, Response response) {
        if (response.asString().isEmpty()) {
            return List.of();
        }
        return OpenApiDocuments.contained(operation)
                .map(contained -> contained
                        .document()
                        .checkOpenAnswer(
                                contained
                                        .answer(response.statusCode())
                                        .orElseThrow()
                                        .at("/content/application~1json/schema"),
                                OpenApiDocument.read(response.asString())))
                .orElse(List.of());
    }

    private static List<String> answerProblems(
            OpenApiDocument document, JsonNode answer, FilterableRequestSpecification request, Response response) {
        List<String> wrong = new ArrayList<>();
        for (String header : RELIED_ON) {
            JsonNode documented = answer.path("headers").path(header);
            if (response.header(header) != null && documented.isMissingNode()) {
                wrong.add("the header " + header + " is not documented");
            }
            if (response.header(header) == null && documented.path("required").asBoolean()) {
                wrong.add("the header " + header + " is missing");
            }
        }
        if (!request.getMethod().equals("HEAD")) {
            wrong.addAll(bodyProblems(document, answer, response));
        }
        return wrong;
    }

    private static List<String> bodyProblems(OpenApiDocument document, JsonNode answer, Response response) {
        String body = response.asString();
        JsonNode content = answer.path("content");
        // Of no lines a list of lines is empty
        boolean isOfLines =
                content.has("application/x-ndjson") && "application/x-ndjson".equals(response.contentType());
        if (content.isEmpty() || (body.isEmpty() && !isOfLines)) {
            return content.isEmpty() == body.isEmpty() ? List.of() : List.of("a body is missing or not documented");
        }
        JsonNode media = content.get(mediaType(response.contentType()));
        if (media == null) {
            return List.of("the content type is not documented: " + response.contentType());
        }
        if (!mediaType(response.contentType()).endsWith("json")) {
            return List.of();
        }
        if (mediaType(response.contentType()).endsWith("ndjson")) {
            return body.lines()
                    .map(OpenApiDocument::read)
                    .flatMap(line -> document.checkAnswer(media.path("schema"), line).stream())
                    .toList();
        }
        JsonNode json = OpenApiDocument.read(body);
        List<String> wrong = new ArrayList<>(document.checkAnswer(media.path("schema"), json));
        String code = json.path("code").asText(json.at("/error/code").asText());
        if (isError(response) && !code.isEmpty() && !media.path("examples").has(code)) {
            wrong.add("the error code is not documented");
        }
        return wrong;
    }

    private static List<String> queryProblems(OpenApiDocument document, DocumentedOperation operation, URI uri) {
        List<String> wrong = new ArrayList<>();
        if (uri.getRawQuery() == null) {
            return wrong;
        }
        for (String pair : uri.getRawQuery().split("&", -1)) {
            String[] parts = pair.split("=", 2);
            JsonNode schema = operation.query(decode(parts[0])).orElse(null);
            if (schema == null) {
                wrong.add("the query parameter " + parts[0] + " is not documented");
            } else {
                String value = decode(parts.length == 2 ? parts[1] : "");
                wrong.addAll(document.checkRequest(schema, value(schema, value)));
            }
        }
        return wrong;
    }

    private static List<String> requestProblems(
            OpenApiDocument document, DocumentedOperation operation, FilterableRequestSpecification request) {
        JsonNode content = operation.json().at("/requestBody/content");
        if (!request.getFormParams().isEmpty()) {
            ObjectNode form = new ObjectMapper().createObjectNode();
            request.getFormParams().forEach(form::put);
            return document.checkRequest(
                    content.path("application/x-www-form-urlencoded").path("schema"), form);
        }
        Object body = request.getBody();
        if (body == null && operation.json().at("/requestBody/required").asBoolean()) {
            return List.of("accepted without the body that is required");
        }
        // What a client sends where nothing is read is passed over.
        if (!(body instanceof String text) || !content.has(JSON) || text.isEmpty()) {
            return List.of();
        }
        String sent = mediaType(Objects.requireNonNullElse(request.getContentType(), JSON));
        String type = content.has(sent) ? sent : JSON;
        JsonNode schema = content.path(type).path("schema");
        // No JSON, or lines and files of others, of which each part is answered by itself
        boolean unchecked = !type.endsWith("json") || type.endsWith("ndjson") || isAnything(schema);
        return unchecked ? List.of() : document.checkRequest(schema, OpenApiDocument.read(text));
    }

    private static boolean isAnything(JsonNode schema) {
        return schema.size() == 1 && schema.has("description");
    }

    private static JsonNode value(JsonNode schema, String value) {
        boolean literal =
                switch (schema.path("type").asText()) {
                    case "integer" -> value.matches("-?\\d{1,9}");
                    case "boolean" -> value.matches("true|false");
                    default -> false;
                };
        return literal
                ? OpenApiDocument.read(value)
                : new ObjectMapper().getNodeFactory().textNode(value);
    }

    private static boolean isError(Response response) {
        return response.statusCode() >= 400;
    }

    private static String scheme(FilterableRequestSpecification request) {
        String authorization = request.getHeaders().getValue("Authorization");
        return authorization == null ? "" : authorization.strip().split(" ", 2)[0];
    }

    /** As it is matched: unreserved characters are as good encoded, and a last slash is nothing. */
    private static String normal(URI uri) {
        String path = PERCENT_ENCODED.matcher(uri.getRawPath()).replaceAll(octet -> {
            char c = (char) Integer.parseInt(octet.group(1), 16);
            boolean reserved = !Character.isLetterOrDigit(c) || c > 127;
            return reserved ? octet.group() : String.valueOf(c);
        });
        return path.length() > 1 ? path.replaceFirst("/$", "") : path;
    }

    private static String mediaType(String contentType) {
        return contentType.split(";", 2)[0].strip();
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
