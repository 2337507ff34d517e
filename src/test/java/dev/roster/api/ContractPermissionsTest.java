package dev.roster.api;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roster.api.PermissionTable.OpenDoor;
import dev.roster.caller.Role;
import dev.roster.testing.TestClient;
import dev.roster.testing.TestOrganization;
import dev.roster.testing.openapi.DocumentedOperation;
import dev.roster.testing.openapi.OpenApiDocuments;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may do what to whom, in every contract, as {@code docs/security.md} says it. */
@QuarkusTest
@Tag("packaged")
class ContractPermissionsTest {
    private static final Map<String, String> API = Map.of(
            "roster-v1", "v1",
            "kubiya", "Kubiya",
            "zenml-pro", "ZenML",
            "decube", "Decube",
            "oauth2", "OAuth2");
    private static final String PASSWORD = "correct horse battery staple";

    private final TestOrganization organization = TestOrganization.create();

    static Stream<Permission> permissions() {
        return PermissionTable.permissions();
    }

    static Stream<OpenDoor> openDoors() {
        return PermissionTable.openDoors();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("permissions")
    void whenRowIsOfTheOwnOrganization(Permission permission) {
        PermissionMatrix.check(permission);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("openDoors")
    void whenNothingIsProvenAtAnOpenDoor(OpenDoor door) {
        String[] operation = door.operation().split(" ", 2);
        RequestSpecification request = given();
        if (operation[1].startsWith("/api/")) {
            request.contentType(ContentType.JSON).body("{}");
        }
        assertEquals(
                door.otherwise(), request.request(operation[0], operation[1]).statusCode());
    }

    @Test
    void whenPasswordHasExpiredThenItIsChangedBeforeAllElse() {
        TestClient account = organization.add("expired", Role.ADMIN);
        given().auth()
                .oauth2(organization.token(Role.ADMIN))
                .contentType(ContentType.JSON)
                .body(Map.of("password", PASSWORD))
                .patch("/users/" + account.userId())
                .then()
                .statusCode(200);
        String token = organization
                .signIn("expired", PASSWORD)
                .then()
                .statusCode(200)
                .extract()
                .path("access_token");
        permissions()
                .filter(row -> !row.path().equals("/api/v1/users/me/password"))
                .forEach(row ->
                        new PermissionMatrix(organization, organization).checkPasswordFirst(row, account, token));
    }

    @Test
    void whenOperationIsDocumentedThenItHasARowAndNoRowIsWithout() {
        assertEquals(
                operations(false).sorted().distinct().toList(),
                permissions()
                        .map(row -> row.api() + " " + row.method() + " " + shape(row.path()))
                        .sorted()
                        .distinct()
                        .toList());
    }

    @Test
    void whenOperationIsOpenThenItIsAmongTheOpenDoors() {
        assertEquals(
                operations(true)
                        .map(operation -> operation.replaceFirst("^\\S+ ", ""))
                        .sorted()
                        .distinct()
                        .toList(),
                openDoors().map(OpenDoor::operation).sorted().distinct().toList());
    }

    private static Stream<String> operations(boolean open) {
        return OpenApiDocuments.operations()
                .filter(operation -> isOpen(operation) == open)
                .map(operation -> API.get(operation.document().name())
                        + " "
                        + operation.method().toUpperCase(Locale.ROOT)
                        + " "
                        + shape(operation.path()));
    }

    private static boolean isOpen(DocumentedOperation operation) {
        return operation.json().path("security").isEmpty();
    }

    private static String shape(String path) {
        return path.replaceFirst("[?#].*", "").replaceAll("\\{[^}]*}", "{}");
    }
}
