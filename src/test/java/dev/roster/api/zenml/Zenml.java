package dev.roster.api.zenml;

import static dev.roster.testing.JsonAnswer.assertAnswer;
import static io.restassured.RestAssured.given;

import dev.roster.caller.Role;
import dev.roster.testing.TestClient;
import dev.roster.testing.TestOrganization;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.UUID;

/** Callers of ZenML Pro in one organization. */
record Zenml(TestOrganization organization) {
    static final String USERS = "/users";

    RequestSpecification admin() {
        return as(organization.client(Role.ADMIN));
    }

    static RequestSpecification as(TestClient client) {
        return given().auth().oauth2(client.token()).contentType(ContentType.JSON);
    }

    Response patch(UUID id, String body) {
        return admin().body(body).patch(USERS + "/{id}", id);
    }

    /** A member named mia that was only added. */
    static String json(TestClient mia) {
        return """
        {"id": "%s", "username": "mia", "email": "", "name": "mia", "avatar_url": null, "company": null,
         "job_title": null, "metadata": {}, "password": null, "password_expired": false,
         "oauth_provider": null, "oauth_id": null, "is_active": true, "is_superuser": false,
         "is_service_account": false, "is_onboarded": false, "organization_id": "%s"}
        """.formatted(mia.userId(), mia.organizationId());
    }

    /** Fails unless the answer says that the caller may not. */
    static void assertIllegal(Response answer) {
        assertAnswer(answer, 403, "{\"detail\": [\"IllegalOperationError\", \"<text>\"]}");
    }
}
