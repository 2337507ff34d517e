package dev.roster.api;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.caller.Role;
import dev.roster.testing.RawHttp;
import dev.roster.testing.TestOrganization;
import dev.roster.testing.openapi.DocumentedOperation;
import dev.roster.testing.openapi.OpenApiDocuments;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An id that is empty, or a dot or two, names nothing, on any route: neither a list nor what is around it. */
@QuarkusTest
class NamelessIdsTest {
    private static final Set<String> CHANGING = Set.of("POST", "PUT", "PATCH", "DELETE");

    private String admin;

    @BeforeEach
    void getToken() {
        admin = TestOrganization.create().token(Role.ADMIN);
    }

    @Test
    void whenIdIsEmptyThenNothingOfThatName() {
        OpenApiDocuments.operations()
                .filter(operation -> CHANGING.contains(method(operation)))
                .filter(operation -> operation.path().contains("{"))
                .forEach(operation -> refused(operation, ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "..", "%2e", "%2E%2e", ".%2E", "x/../..", "x/%2e%2e/%2e%2e"})
    void whenIdIsDotsThenNothingOfThatName(String dots) {
        OpenApiDocuments.operations()
                .filter(operation -> operation.path().contains("{"))
                .forEach(operation -> refused(operation, dots));
    }

    private void refused(DocumentedOperation operation, String id) {
        String path = operation.path().replaceAll("\\{[^}]+}", id);
        // As it stands: other clients make one slash of two
        int status = RawHttp.send(method(operation)
                        + " "
                        + path
                        + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer "
                        + admin
                        + "\r\nContent-Length: 0\r\n\r\n")
                .status();
        assertTrue(status == 404 || status == 405, path + " answered " + status);
    }

    private static String method(DocumentedOperation operation) {
        return operation.method().toUpperCase(Locale.ROOT);
    }
}
