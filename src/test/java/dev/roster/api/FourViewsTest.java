package dev.roster.api;

import static dev.roster.testing.Answers.assertAnswer;
import static io.restassured.RestAssured.given;

import dev.roster.security.Role;
import dev.roster.testing.Database;
import dev.roster.testing.TestOrganization;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One row seen four ways: what any contract writes, every contract shows. */
@QuarkusTest
class FourViewsTest {
    private static final String EMAIL = "ada@example.com";
    private static final String USERNAME = "ada@example.com";

    private final TestOrganization organization = TestOrganization.create();
    private String status = "active";
    private String groups = "";
    private String metadata = "{}";

    @ParameterizedTest(name = "written by {0}, read by {1}")
    @CsvSource({
        "ROSTER, ROSTER",
        "ROSTER, KUBIYA",
        "ROSTER, ZENML",
        "ROSTER, DECUBE",
        "KUBIYA, ROSTER",
        "KUBIYA, KUBIYA",
        "KUBIYA, ZENML",
        "KUBIYA, DECUBE",
        "ZENML, ROSTER",
        "ZENML, KUBIYA",
        "ZENML, ZENML",
        "ZENML, DECUBE",
        "DECUBE, ROSTER",
        "DECUBE, KUBIYA",
        "DECUBE, ZENML",
        "DECUBE, DECUBE",
    })
    void pair(Contract writer, Contract reader) {
        switch (writer) {
            case ROSTER -> createInRoster("Ada");
            case KUBIYA -> createAndJoinInKubiya();
            case ZENML -> createAndChangeInZenml();
            case DECUBE -> createInDecube();
        }
        switch (reader) {
            case ROSTER -> assertAnswer(rosters(), 200, roster());
            case KUBIYA -> assertAnswer(kubiyas(), 200, kubiya());
            case ZENML -> assertAnswer(zenmls(), 200, "[" + zenml() + "]");
            case DECUBE -> assertAnswer(decubes(), 200, decube());
        }
    }

    /** The four published contracts. */
    enum Contract {
        ROSTER,
        KUBIYA,
        ZENML,
        DECUBE
    }

    private void createInRoster(String displayName) {
        created(
                as("Bearer")
                        .body(
                                "{\"name\":\"%s\",\"display_name\":\"%s\"}"
                                        .formatted(USERNAME, displayName))
                        .post("/api/v1/users"));
        as("Bearer")
                .body("{\"email_address\":\"%s\"}".formatted(EMAIL))
                .patch("/api/v1/users/{name}/profile", USERNAME)
                .then()
                .statusCode(200);
    }

    private void createAndJoinInKubiya() {
        createInDecube();
        created(as("Bearer").body("{\"name\":\"ops\"}").post("/api/v1/groups"));
        as("UserKey")
                .body("{\"email\":\"%s\"}".formatted(EMAIL))
                .post("/api/v1/users/groups/ops")
                .then()
                .statusCode(200);
        groups = "ops";
    }

    private void createAndChangeInZenml() {
        createInRoster("Somebody");
        String id =
                Database.value(
                                "SELECT id FROM users WHERE organization_id = ? AND username = ?",
                                organization.id(),
                                USERNAME)
                        .toString();
        metadata = "{\"team\": \"red\"}";
        as("Bearer")
                .body("{\"name\":\"Ada\",\"is_active\":false,\"metadata\":%s}".formatted(metadata))
                .patch("/users/{id}", id)
                .then()
                .statusCode(200);
        status = "deactivated";
    }

    private void createInDecube() {
        created(
                as("Bearer")
                        .body("{\"name\":\"Ada\",\"email\":\"%s\"}".formatted(EMAIL))
                        .post("/api/v1/app/user"));
        status = "pending_sign_up";
    }

    private static void created(Response answer) {
        answer.then().statusCode(201);
    }

    private Response rosters() {
        return as("Bearer").get("/api/v1/users/{name}", USERNAME);
    }

    private Response kubiyas() {
        return as("UserKey").get("/api/v1/users/{email}", EMAIL);
    }

    private Response zenmls() {
        return as("Bearer").queryParam("email", EMAIL).get("/users");
    }

    private Response decubes() {
        return as("Bearer").queryParam("email", EMAIL).get("/api/v1/app/user");
    }

    private String roster() {
        String group =
                """
                {"id": "#uuid", "lrn": "#text", "name": "ops", "display_name": "ops", "sso_name": "ops",
                 "description": "", "created_at": "#time", "user_count": 1, "sa_count": 0, "role_count": 0,
                 "metadata": {}}
                """;
        return """
                {"id": "#uuid", "lrn": "#text", "name": "%s", "display_name": "Ada", "created_at": "#time",
                 "groups": [%s], "profile": {"email_address": "%s"}, "is_admin": false, "role": "member",
                 "status": "%s", "metadata": %s}
                """
                .formatted(USERNAME, groups.isEmpty() ? "" : group, EMAIL, status, metadata);
    }

    private String kubiya() {
        return """
                {"uuid": "#uuid", "email": "%s", "name": "Ada", "role": "member", "groups": [%s],
                 "created_at": "#time", "last_login": null, "status": "%s", "metadata": %s}
                """
                .formatted(EMAIL, groups.isEmpty() ? "" : "\"ops\"", status, metadata);
    }

    private String zenml() {
        return """
                {"id": "#uuid", "username": "%s", "email": "%s", "name": "Ada", "avatar_url": null,
                 "company": null, "job_title": null, "metadata": %s, "password": null,
                 "password_expired": false, "oauth_provider": null, "oauth_id": null, "is_active": %s,
                 "is_superuser": false, "is_service_account": false, "is_onboarded": false,
                 "organization_id": "%s"}
                """
                .formatted(USERNAME, EMAIL, metadata, status.equals("active"), organization.id());
    }

    private String decube() {
        return """
                {"id": "#uuid", "name": "Ada", "email": "%s", "status": "%s"}
                """
                .formatted(EMAIL, status);
    }

    private RequestSpecification as(String scheme) {
        return given().header("Authorization", scheme + " " + organization.token(Role.ADMIN))
                .contentType(ContentType.JSON);
    }
}
