package dev.roster.api.v1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.caller.Role;
import dev.roster.testing.Database;
import dev.roster.testing.DatabaseProxy;
import dev.roster.testing.Eventually;
import dev.roster.testing.Http;
import dev.roster.testing.ProxiedDatabase;
import dev.roster.testing.TestOrganization;
import dev.roster.testing.TestRows;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.http.HttpResponse;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is committed is answered as done, although the database is gone as soon as it is. */
@QuarkusTest
@TestProfile(ProxiedDatabase.class)
class CommittedAnswersTest {
    private DatabaseProxy proxy;
    private final TestOrganization organization = TestOrganization.create();
    private String token;
    private UUID person;
    private UUID group;
    private UUID application;
    private UUID invite;

    @BeforeEach
    void makeRows() {
        person = TestRows.person(organization, "ann", "ann@example.com", Role.MEMBER);
        group = TestRows.group(organization, "staff");
        TestRows.serviceAccount(organization, "robot", Role.MEMBER);
        application = TestRows.application(organization);
        invite = TestRows.invite(organization, "ida@example.com");
        UUID left = TestRows.person(organization, "left", Role.MEMBER);
        Database.execute("UPDATE users SET status = 'deactivated' WHERE id = ?", left);
        token = organization.token(Role.ADMIN);
    }

    @AfterEach
    void restore() {
        proxy.restore();
        Eventually.equal(200, () -> Http.send(Http.request(token, "GET", "/api/v1/groups/staff", null))
                .statusCode());
    }

    /** The word stands in what a statement of the transaction sends. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '#',
            value = {
                "PATCH; /api/v1/users/ann; {'display_name': 'Anna'}; Anna; 200",
                "PATCH; /api/v1/users/ann; {'role': 'viewer'}; ann; 200",
                "PATCH; /api/v1/users/ann/profile; {'full_name': 'Anna'}; Anna; 200",
                "PUT; /api/v1/users/ann/groups; {'add_to_groups': ['staff']}; staff; 200",
                "POST; /api/v1/users/left/reactivate; {}; left; 200",
                "POST; /api/v1/users/ann/secrets; {'name': 'word'}; word; 201",
                "PATCH; /api/v1/users/me/settings; {'word': 1}; word; 200",
                "POST; /api/v1/groups; {'name': 'word'}; word; 201",
                "PATCH; /api/v1/groups/staff; {'display_name': 'Word'}; Word; 200",
                "POST; /api/v1/service-accounts; {'name': 'word'}; word; 201",
                "PATCH; /api/v1/service-accounts/robot; {'display_name': 'Word'}; Word; 200",
                "PUT; /api/v1/service-accounts/robot/groups; {'set_groups': ['staff']}; staff; 200",
                "POST; /api/v1/service-accounts/robot/token; {'name': 'word'}; word; 200",
                "POST; /api/v1/invites; {'email': 'eve@example.com', 'role': 'member'}; eve; 201",
                "POST; /api/v1/invites/INVITE/resend; {}; ida; 200",
                "POST; /api/v1/api-keys; {'name': 'word'}; word; 201",
                "POST; /api/v1/applications;"
                        + " {'name': 'word', 'redirect_uris': ['https://a.example/cb'], 'scopes': ['openid']}; word; 201",
                "PATCH; /api/v1/applications/APPLICATION; {'name': 'word'}; word; 200",
                "PATCH; /api/v1/organization; {'display_name': 'Word'}; Word; 200",
                "POST; /api/v1/users/invite; {'email': 'eve@example.com', 'role': 'member'}; eve; 200",
                "POST; /api/v1/users/groups/GROUP; {'email': 'ann@example.com'}; ann; 200",
                "PATCH; /users/PERSON; {'company': 'Anna'}; Anna; 200",
            })
    void whenTheDatabaseIsGoneAfterTheCommitThenTheChangeIsAnswered(
            String method, String path, String body, String word, int status) {
        proxy.refuseAfterCommitOf(word);
        HttpResponse<String> answer = Http.send(Http.request(token, method, withIds(path), body.replace('\'', '"')));
        assertTrue(proxy.hasRefused(), "no transaction named '" + word + "': " + answer.body());
        assertEquals(status, answer.statusCode(), answer.body());
    }

    private String withIds(String path) {
        return path.replace("PERSON", person.toString())
                .replace("GROUP", group.toString())
                .replace("APPLICATION", application.toString())
                .replace("INVITE", invite.toString());
    }
}
