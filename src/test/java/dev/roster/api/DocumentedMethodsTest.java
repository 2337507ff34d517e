package dev.roster.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.caller.Role;
import dev.roster.testing.TestOrganization;
import dev.roster.testing.openapi.DocumentedOperation;
import dev.roster.testing.openapi.OpenApiDocument;
import dev.roster.testing.openapi.OpenApiDocuments;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Each path has the methods that the document lists for it and no other ones: neither those of a
 * template that it matches too, nor those of another contract.
 */
@QuarkusTest
class DocumentedMethodsTest {
    private static final List<String> METHODS = List.of("DELETE", "GET", "PATCH", "POST", "PUT");

    private String token;

    @BeforeEach
    void signIn() {
        token = TestOrganization.create().token(Role.ADMIN);
    }

    @Test
    void whenAMethodIsNotDocumentedThenRefusedWithThoseThatAre() {
        List<String> wrong = new ArrayList<>();
        Map<String, Set<String>> paths = paths();
        paths.forEach((path, documented) -> {
            for (String method : METHODS) {
                if (!documented.contains(method)) {
                    Response answer = send(method, path);
                    check(wrong, method + " " + path, documented, answer);
                }
            }
        });
        assertEquals(List.of(), wrong);
        // Not an empty document, and not one without the paths that this is about
        assertTrue(paths.containsKey("Bearer /api/v1/users/me") && paths.size() > 30, paths::toString);
    }

    private static void check(List<String> wrong, String request, Set<String> documented, Response answer) {
        Set<String> allowed = new TreeSet<>(documented);
        if (allowed.contains("GET")) {
            allowed.add("HEAD");
        }
        String expected = "405 " + String.join(", ", allowed);
        String seen = answer.statusCode() + " " + answer.header("Allow");
        if (!seen.equals(expected)) {
            wrong.add(request + ": " + seen + " in place of " + expected);
        }
    }

    /** Kubiya's paths that others have too are told apart by its scheme. */
    private Response send(String method, String path) {
        String[] parts = path.split(" ", -1);
        return RestAssured.given()
                .header("Authorization", parts[0] + " " + token)
                .contentType("application/json")
                .body("{}")
                .request(method, parts[1].replaceAll("\\{[a-z_]+}", "x"));
    }

    private static Map<String, Set<String>> paths() {
        Map<String, Set<String>> paths = new TreeMap<>();
        for (OpenApiDocument document : OpenApiDocuments.served()) {
            String scheme = document.name().equals("kubiya") ? "UserKey " : "Bearer ";
            for (DocumentedOperation operation : document.operations()) {
                paths.computeIfAbsent(scheme + operation.path(), none -> new TreeSet<>())
                        .add(operation.method().toUpperCase(Locale.ROOT));
            }
        }
        return paths;
    }
}
