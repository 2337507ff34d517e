package dev.roster.api;

import static io.restassured.RestAssured.given;

import dev.roster.security.Role;
import dev.roster.testing.Database;
import dev.roster.testing.TestClient;
import dev.roster.testing.TestOrganization;
import dev.roster.testing.TestRows;
import io.restassured.http.ContentType;
import java.util.UUID;

/** Rows for one request, so that no request finds what another one left. */
record PermissionTargets(
        TestOrganization owner,
        UUID user,
        String email,
        UUID group,
        String ownEmail,
        UUID ownGroup,
        UUID invite,
        TestClient caller) {
    static PermissionTargets in(
            TestOrganization owner, TestOrganization callers, TestClient caller) {
        String mark = UUID.randomUUID().toString();
        String email = "target-" + mark + "@example.com";
        UUID user = person(owner, "target-" + mark, email);
        String ownEmail = "own-" + mark + "@example.com";
        person(callers, "own-" + mark, ownEmail);
        UUID group = TestRows.group(owner, "target-" + mark);
        UUID ownGroup = TestRows.group(callers, "own-" + mark);
        UUID invite = invite(owner, "invited-" + mark + "@example.com");
        return new PermissionTargets(owner, user, email, group, ownEmail, ownGroup, invite, caller);
    }

    String fill(String template) {
        return template.replace("{user}", user.toString())
                .replace("{email}", email)
                .replace("{group}", group.toString())
                .replace("{own email}", ownEmail)
                .replace("{own group}", ownGroup.toString())
                .replace("{invite}", invite.toString())
                .replace("{self}", caller.userId().toString())
                .replace("{new}", "new-" + UUID.randomUUID() + "@example.com");
    }

    /** All that the request could have changed or made. */
    String rows() {
        return String.valueOf(
                Database.value(
                        """
                        SELECT concat_ws(E'\\n',
                          (SELECT row_to_json(u) FROM users u WHERE id = ?),
                          (SELECT concat_ws(',', status, company, password_hash) FROM users WHERE id = ?),
                          (SELECT json_agg(i ORDER BY id) FROM invites i WHERE organization_id IN (?, ?)),
                          (SELECT json_agg(m) FROM memberships m WHERE organization_id IN (?, ?)),
                          (SELECT count(*) FROM users WHERE organization_id IN (?, ?)))
                        """,
                        user,
                        caller.userId(),
                        owner.id(),
                        caller.organizationId(),
                        owner.id(),
                        caller.organizationId(),
                        owner.id(),
                        caller.organizationId()));
    }

    private static UUID person(TestOrganization organization, String username, String email) {
        UUID id = TestRows.person(organization, username, Role.MEMBER);
        Database.execute(
                "UPDATE users SET email = ?, email_key = ? WHERE id = ?", email, email, id);
        return id;
    }

    private static UUID invite(TestOrganization organization, String email) {
        String id =
                given().auth()
                        .oauth2(organization.token(Role.ADMIN))
                        .contentType(ContentType.JSON)
                        .body("{\"email\":\"%s\",\"role\":\"member\"}".formatted(email))
                        .post("/api/v1/invites")
                        .then()
                        .statusCode(201)
                        .extract()
                        .path("id");
        return UUID.fromString(id);
    }
}
