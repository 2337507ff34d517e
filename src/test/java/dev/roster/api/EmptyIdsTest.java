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

/** An id that is empty names nothing, on any route: neither a list nor what is around it. */
@QuarkusTest
class EmptyIdsTest {
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
                .forEach(this::refused);
    }

    private void refused(DocumentedOperation operation) {
        String path = operation.path().replaceAll("\\{[^}]+}", "");
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
