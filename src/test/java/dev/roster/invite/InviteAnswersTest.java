package dev.roster.invite;

import static dev.roster.invite.TestInvites.accept;
import static dev.roster.invite.TestInvites.address;
import static dev.roster.invite.TestInvites.id;
import static dev.roster.invite.TestInvites.invite;
import static dev.roster.invite.TestInvites.resend;
import static dev.roster.invite.TestInvites.token;
import static dev.roster.testing.Bearer.as;
import static dev.roster.testing.JsonAnswer.assertAnswer;
import static io.restassured.RestAssured.given;

import dev.roster.caller.Role;
import dev.roster.testing.TestOrganization;
import dev.roster.testing.TestRows;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The whole answers of invites. */
@QuarkusTest
class InviteAnswersTest {
    private final TestOrganization organization = TestOrganization.create();
    private final String email = address();
    private UUID group;
    private String admin;

    @BeforeEach
    void start() {
        group = TestRows.group(organization, "math");
        admin = organization.token(Role.ADMIN);
    }

    @Test
    void created() {
        assertAnswer(create(), 201, withLink(pending()));
    }

    @Test
    void resent() {
        assertAnswer(resend(admin, id(create())), 200, withLink(pending()));
    }

    @Test
    void found() {
        assertAnswer(as(admin).get("/api/v1/invites/{id}", id(create())), 200, pending());
    }

    @Test
    void listed() {
        create();
        assertAnswer(as(admin).get("/api/v1/invites"), 200, "{\"items\": [" + pending() + "]}");
        assertAnswer(as(admin).get("/api/v1/invites?limit=1&status=pending"), 200, "{\"items\": [" + pending() + "]}");
    }

    @Test
    void acceptedAndFound() {
        Response created = create();
        assertAnswer(accept(token(created)), 200, """
                {"user": {"id": "<id>", "lrn": "lrn:roster:%s:user:%s", "name": "%s",
                  "display_name": "Ada Lovelace", "created_at": "<time>", "last_seen_at": "<time>",
                  "groups": [{"id": "%s", "lrn": "lrn:roster:%s:group:math", "name": "math",
                    "display_name": "math", "sso_name": "math", "description": "", "created_at": "<time>",
                    "user_count": 1, "sa_count": 0, "role_count": 0, "metadata": {}}],
                  "profile": {"email_address": "%s"}, "is_admin": false, "role": "viewer", "status": "active",
                  "metadata": {}},
                 "access_token": "<text>", "token_type": "Bearer", "expires_in": 3600,
                 "scope": "groups:read self:write users:read"}
                """.formatted(
                        organization.name(), email, email, group, organization.name(), email));
        assertAnswer(
                as(admin).get("/api/v1/invites/{id}", id(created)),
                200,
                pending()
                        .replace("\"pending\"", "\"accepted\"")
                        .replace("\"created_at\"", "\"accepted_at\": \"<time>\", \"created_at\""));
    }

    @Test
    void acceptedUserIsTheOneThatIsReadAfterwards() {
        Response accepted = accept(token(create()));
        Response read = as(accepted.path("access_token")).get("/api/v1/users/" + accepted.<String>path("user.name"));
        org.junit.jupiter.api.Assertions.assertEquals(
                read.<Map<String, ?>>path("$"), accepted.<Map<String, ?>>path("user"));
    }

    @ParameterizedTest
    @CsvSource({"invite", "system_invite"})
    void kubiya(String path) {
        assertAnswer(kubiyaInvite(path), 200, """
                {"uuid": "<id>", "email": "%s", "name": "%s", "role": "viewer", "groups": ["math"],
                 "created_at": "<time>", "last_login": null, "status": "pending_sign_up", "metadata": {},
                 "invite_id": "<id>", "invite_link": "<text>", "expires_at": "<time>"}
                """.formatted(email, email));
    }

    @ParameterizedTest
    @CsvSource({"invite", "system_invite"})
    void kubiyaOfAUser(String path) {
        accept(token(create())).then().statusCode(200);
        assertAnswer(kubiyaInvite(path), 409, """
                {"error": {"code": "email_taken", "message": "The e-mail address belongs to another user.",
                 "details": {}}}
                """);
    }

    private Response kubiyaInvite(String path) {
        return given().header("Authorization", "UserKey " + admin)
                .contentType("application/json")
                .body(Map.of("email", email, "role", "viewer", "groups", List.of("math")))
                .post("/api/v1/users/" + path);
    }

    private Response create() {
        return invite(admin, Map.of("email", email, "role", "viewer", "groups", List.of("math"), "name", "Ada"));
    }

    private String pending() {
        return """
               {"id": "<id>", "email": "%s", "name": "Ada", "role": "viewer", "groups": ["math"],
                "status": "pending", "user_id": "<id>", "invited_by": "admin", "expires_at": "<time>",
                "created_at": "<time>", "updated_at": "<time>"}
               """.formatted(email);
    }

    private static String withLink(String invite) {
        return invite.replace("\"created_at\"", "\"invite_link\": \"<text>\", \"created_at\"");
    }
}
