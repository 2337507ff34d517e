package dev.roster.invite;

import static dev.roster.invite.TestInvites.address;
import static dev.roster.invite.TestInvites.invite;
import static dev.roster.invite.TestInvites.token;
import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.caller.Role;
import dev.roster.testing.Database;
import dev.roster.testing.TestOrganization;
import dev.roster.testing.TestRows;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The token of an invite opens no route of any contract but the one that accepts it. */
@QuarkusTest
@Tag("packaged")
class InviteTokenReachTest {
    private final TestOrganization organization = TestOrganization.create();
    private final UUID mia = TestRows.person(organization, "mia", "mia@example.org", Role.MEMBER);
    private Response invited;

    @BeforeEach
    void start() {
        TestRows.group(organization, "ops");
        invited = invite(organization.token(Role.ADMIN), address());
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "GET    | /api/v1/users                      |",
                "GET    | /api/v1/users/me                   |",
                "GET    | /api/v1/users/mia                  |",
                "PATCH  | /api/v1/users/mia/profile          | {'full_name':'Eve'}",
                "PUT    | /api/v1/users/mia/groups           | {'set_groups':['ops']}",
                "DELETE | /api/v1/users/mia                  |",
                "GET    | /api/v1/users/mia/sessions         |",
                "DELETE | /api/v1/users/mia/sessions         |",
                "GET    | /api/v1/users/me/settings          |",
                "PATCH  | /api/v1/users/me/settings          | {'a':1}",
                "GET    | /api/v1/users/me/sessions          |",
                "DELETE | /api/v1/users/me/sessions          |",
                "GET    | /api/v1/groups                     |",
                "POST   | /api/v1/groups                     | {'name':'eve'}",
                "DELETE | /api/v1/groups/ops                 |",
                "GET    | /api/v1/service-accounts           |",
                "POST   | /api/v1/service-accounts           | {'name':'eve'}",
                "GET    | /api/v1/api-keys                   |",
                "POST   | /api/v1/api-keys                   | {'name':'eve'}",
                "GET    | /api/v1/organizations              |",
                "POST   | /api/v1/organizations              | {'name':'eve'}",
                "GET    | /api/v1/invites                    |",
                "POST   | /api/v1/invites                    | {'email':'eve@example.org','role':'admin'}",
                "GET    | /api/v1/invites/{invite}           |",
                "POST   | /api/v1/invites/{invite}/resend    |",
                "DELETE | /api/v1/invites/{invite}           |",
                "GET    | /api/v1/users/current              |",
                "GET    | /api/v1/users/self                 |",
                "GET    | /api/v1/users/mia@example.org      |",
                "DELETE | /api/v1/users/mia@example.org      |",
                "GET    | /api/v1/users/membership/{mia}     |",
                "POST   | /api/v1/users/groups/ops           | {'user_id':'{mia}'}",
                "POST   | /api/v1/users/invite               | {'email':'eve@example.org','role':'admin'}",
                "POST   | /api/v1/users/system_invite        | {'email':'eve@example.org','role':'admin'}",
                "GET    | /api/v2/users                      |",
                "GET    | /api/v1/manage/groups              |",
                "GET    | /users                             |",
                "GET    | /users/me                          |",
                "GET    | /users/authorize_server?server_id={mia} |",
                "PATCH  | /users/{mia}                       | {'password':'long enough 1'}",
                "DELETE | /users/{mia}                       |",
                "GET    | /api/v1/app/users                  |",
                "GET    | /api/v1/app/user?id={mia}          |",
                "POST   | /api/v1/app/user                   | {'email':'eve@example.org','name':'Eve'}",
                "DELETE | /api/v1/app/user?email=mia@example.org |",
            })
    void opensNoOtherRoute(String method, String path, String body) {
        for (String scheme : List.of("Bearer", "UserKey")) {
            assertRefused(scheme, method, path, body);
        }
    }

    /** What Kubiya has the path of, but not the method. */
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "POST  | /api/v1/users     | {'name':'eve'}",
                "PATCH | /api/v1/users/mia | {'role':'admin'}",
            })
    void opensNoRouteOfRosterAlone(String method, String path, String body) {
        assertRefused("Bearer", method, path, body);
    }

    private void assertRefused(String scheme, String method, String path, String body) {
        RequestSpecification request =
                given().urlEncodingEnabled(false).header("Authorization", scheme + " " + token(invited));
        if (body != null) {
            request.contentType("application/json").body(fill(body).replace('\'', '"'));
        }
        String before = rows();
        Response answer = request.request(method, fill(path));
        assertEquals(401, answer.statusCode(), answer.asString());
        assertTrue(answer.header("WWW-Authenticate").contains("invalid_token"));
        assertEquals(before, rows());
    }

    private String fill(String template) {
        return template.replace("{mia}", mia.toString()).replace("{invite}", TestInvites.id(invited));
    }

    /** All rows, save for when accounts were last seen: that is noted a little later. */
    private String rows() {
        return String.valueOf(
                Database.value("""
                        SELECT concat_ws(E'\\n',
                          (SELECT json_agg((id, username, role, status, display_name, full_name, password_hash)
                                           ORDER BY id) FROM users WHERE organization_id = ?),
                          (SELECT json_agg(g ORDER BY id) FROM groups g WHERE organization_id = ?),
                          (SELECT json_agg(m) FROM memberships m WHERE organization_id = ?),
                          (SELECT json_agg(i ORDER BY id) FROM invites i WHERE organization_id = ?))
                        """, organization.id(), organization.id(), organization.id(), organization.id()));
    }
}
