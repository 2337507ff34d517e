package dev.roster.api;

import static io.restassured.RestAssured.given;

import dev.roster.caller.Role;
import dev.roster.testing.TestOrganization;
import dev.roster.testing.TestRows;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;

/** Makes a user in the way that a contract has for it; an administrator of the organization. */
final class Creations {
    private static final String EMAIL = "Ada@Example.com";
    private static final String PASSWORD = "correct horse battery staple";

    private final TestOrganization organization;

    Creations(TestOrganization organization) {
        this.organization = organization;
    }

    /** Roster v1: a new administrator in a group, with everything that this contract can say. */
    SeenUser inRoster() {
        TestRows.group(organization, "ops");
        Response created = post(
                "Bearer",
                "/api/v1/users",
                "{\"name\":\"ada\",\"display_name\":\"Ada\",\"metadata\":{\"team\":\"red\"}}",
                201);
        change("PATCH", "/api/v1/users/ada", "{\"role\":\"admin\"}");
        change("PUT", "/api/v1/users/ada/groups", "{\"set_groups\":[\"ops\"]}");
        change(
                "PATCH",
                "/api/v1/users/ada/profile",
                "{\"full_name\":\"Ada Lovelace\",\"email_address\":\"%s\"}".formatted(EMAIL));
        return new SeenUser(
                created.path("id"),
                "ada",
                "Ada",
                "Ada Lovelace",
                EMAIL,
                Role.ADMIN,
                "active",
                "ops",
                "{\"team\": \"red\"}",
                false,
                SeenUser.UNKNOWN_PERSON);
    }

    /** Kubiya: invited into a group, and not yet there. */
    SeenUser invitedInKubiya() {
        return invited(invite("viewer"), Role.VIEWER, "Somebody", "pending_sign_up", false);
    }

    /** Kubiya: invited, and come. */
    SeenUser acceptedInKubiya() {
        return accepted("member", Role.MEMBER);
    }

    /** Kubiya: invited as an administrator, and come. */
    SeenUser acceptedAsAdministratorInKubiya() {
        return accepted("admin", Role.ADMIN);
    }

    /** ZenML Pro, which creates nobody: everything of a user changed that it can change. */
    SeenUser changedInZenml() {
        String id =
                post("Bearer", "/api/v1/users", "{\"name\":\"somebody\"}", 201).path("id");
        String person = """
                "avatar_url": "https://example.com/ada.png", "company": "Example",
                "job_title": "Engineer", "is_onboarded": true, "password_expired": true
                """;
        change("PATCH", "/users/" + id, """
                {"username": "ada", "email": "%s", "name": "Ada", "is_active": false,
                 "metadata": {"team": "red"}, "password": "%s", %s}
                """.formatted(EMAIL, PASSWORD, person));
        return new SeenUser(
                id, "ada", "Ada", null, EMAIL, Role.MEMBER, "deactivated", null, "{\"team\": \"red\"}", false, person);
    }

    /** Decube: a new user. */
    SeenUser inDecube() {
        return decube("pending_sign_up");
    }

    /** Decube: a user that was deactivated again. */
    SeenUser deactivatedInDecube() {
        SeenUser user = decube("deactivated");
        change("DELETE", "/api/v1/app/user", "{\"email\":\"%s\"}".formatted(EMAIL));
        return user;
    }

    private SeenUser decube(String status) {
        Response created =
                post("Bearer", "/api/v1/app/user", "{\"name\":\"Ada\",\"email\":\"%s\"}".formatted(EMAIL), 201);
        return new SeenUser(
                created.path("id"),
                EMAIL,
                "Ada",
                null,
                EMAIL,
                Role.MEMBER,
                status,
                null,
                "{}",
                false,
                SeenUser.UNKNOWN_PERSON);
    }

    private SeenUser accepted(String roleName, Role role) {
        Response invited = invite(roleName);
        String link = invited.path("invite_link");
        given().auth()
                .preemptive()
                .oauth2(link.substring(link.indexOf("#token=") + "#token=".length()))
                .contentType(ContentType.JSON)
                .body("{\"name\":\"Ada\",\"password\":\"%s\"}".formatted(PASSWORD))
                .post("/api/v1/invites/accept")
                .then()
                .statusCode(200);
        return invited(invited, role, "Ada", "active", true);
    }

    private Response invite(String role) {
        TestRows.group(organization, "ops");
        return post("UserKey", "/api/v1/users/invite", """
                {"email": "%s", "role": "%s", "name": "Somebody", "groups": ["ops"]}
                """.formatted(EMAIL, role), 200);
    }

    private static SeenUser invited(Response invited, Role role, String displayName, String status, boolean signedIn) {
        return new SeenUser(
                invited.path("uuid"),
                EMAIL,
                displayName,
                null,
                EMAIL,
                role,
                status,
                "ops",
                "{}",
                signedIn,
                SeenUser.UNKNOWN_PERSON);
    }

    private Response post(String scheme, String path, String body, int status) {
        Response answer = as(scheme).body(body).post(path);
        answer.then().statusCode(status);
        return answer;
    }

    private void change(String method, String path, String body) {
        as("Bearer").body(body).request(method, path).then().statusCode(200);
    }

    private RequestSpecification as(String scheme) {
        return given().header("Authorization", scheme + " " + organization.token(Role.ADMIN))
                .contentType(ContentType.JSON);
    }
}
