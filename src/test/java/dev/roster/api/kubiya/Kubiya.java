package dev.roster.api.kubiya;

import static io.restassured.RestAssured.given;

import dev.roster.caller.Role;
import dev.roster.testing.Database;
import dev.roster.testing.TestClient;
import dev.roster.testing.TestOrganization;
import dev.roster.testing.TestRows;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;

/** Callers of Kubiya in one organization. */
record Kubiya(TestOrganization organization) {
    static final String USERS = "/api/v1/users";

    static final String NOT_FOUND = """
            {"error": {"code": "user_not_found", "message": "User not found.", "details": {}}}
            """;

    /** A member named mia that was only added. */
    static final String MIA = """
            {"uuid": "<id>", "email": "mia@example.com", "name": "mia", "role": "member", "groups": [],
             "created_at": "<time>", "last_login": null, "status": "active", "metadata": {}}
            """;

    RequestSpecification admin() {
        return as(organization.client(Role.ADMIN));
    }

    static RequestSpecification as(TestClient client) {
        return given().header("Authorization", "UserKey " + client.token()).contentType(ContentType.JSON);
    }

    /** An account with an e-mail address, by which Kubiya finds it. */
    TestClient add(String username, String email, Role role) {
        TestClient client = organization.add(username, role);
        TestRows.email(client.userId(), email);
        return client;
    }

    /** A group, made in the contract that can; returns its identifier. */
    String addGroup(String name) {
        given().auth()
                .oauth2(organization.token(Role.ADMIN))
                .contentType(ContentType.JSON)
                .body("{\"name\":\"%s\",\"description\":\"Who operates\"}".formatted(name))
                .post("/api/v1/groups")
                .then()
                .statusCode(201);
        return Database.value("SELECT id FROM groups WHERE organization_id = ? AND name = ?", organization.id(), name)
                .toString();
    }

    Response join(String group, String body) {
        return admin().body(body).post(USERS + "/groups/{id}", group);
    }
}
