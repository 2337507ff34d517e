package dev.roster.testing.openapi;

import io.restassured.RestAssured;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The OpenAPI documents that the service under test serves, one for each contract. */
public final class OpenApiDocuments {
    // Its operations are some of those of the other one, with less in them
    private static final String CONTAINING = "roster-v1";
    private static final String CONTAINED = "lenses";

    // Shares paths with Roster v1, and is told apart by its scheme
    private static final String SHARING = "kubiya";
    private static final String SHARING_SCHEME = "UserKey";

    private static List<OpenApiDocument> served;

    private OpenApiDocuments() {}

    /** The list, and the documents that it names, asked for once: they never change. */
    public static synchronized List<OpenApiDocument> served() {
        if (served == null) {
            List<OpenApiDocument> documents = new ArrayList<>();
            for (Map<String, String> listed : RestAssured.given()
                    .noFilters()
                    .get("/q/openapi")
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath()
                    .<Map<String, String>>getList("documents")) {
                String url = listed.get("url");
                documents.add(new OpenApiDocument(url.substring(url.lastIndexOf('/') + 1), text(url)));
            }
            served = List.copyOf(documents);
        }
        return served;
    }

    private static String text(String url) {
        return RestAssured.given()
                .noFilters()
                .queryParam("format", "json")
                .get(url)
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }

    public static OpenApiDocument named(String name) {
        return served().stream()
                .filter(document -> document.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Every operation once: those of contracts that are contained in none. */
    public static Stream<DocumentedOperation> operations() {
        return served().stream()
                .filter(document -> !document.name().equals(CONTAINED))
                .flatMap(document -> document.operations().stream());
    }

    /** The operation that serves a request. */
    public static Optional<DocumentedOperation> find(String method, String path, String scheme) {
        return serving(path, scheme).stream()
                .filter(operation -> operation.method().equals(method))
                .findFirst();
    }

    /** The operation of the contract that another one contains. */
    static Optional<DocumentedOperation> contained(DocumentedOperation operation) {
        return operation.document().name().equals(CONTAINING)
                ? named(CONTAINED).find(operation.method(), operation.path())
                : Optional.empty();
    }

    /** Whether any method is documented for a path. */
    static boolean hasPath(String path) {
        return !serving(path, "").isEmpty();
    }

    /** Literal paths win over parameters, and then the contract of the scheme over others. */
    private static List<DocumentedOperation> serving(String path, String scheme) {
        List<OpenApiDocument> sharing = List.of(named(SHARING));
        List<OpenApiDocument> others = served().stream()
                .filter(document -> !List.of(CONTAINED, SHARING).contains(document.name()))
                .toList();
        boolean shared = scheme.equalsIgnoreCase(SHARING_SCHEME);
        List<List<OpenApiDocument>> order = shared ? List.of(sharing, others) : List.of(others, sharing);
        return Stream.of(true, false)
                .flatMap(literally -> order.stream().map(ones -> serving(ones, path, literally)))
                .filter(found -> !found.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    private static List<DocumentedOperation> serving(List<OpenApiDocument> documents, String path, boolean literally) {
        return documents.stream()
                .flatMap(document -> document.serving(path, literally).stream())
                .toList();
    }
}
