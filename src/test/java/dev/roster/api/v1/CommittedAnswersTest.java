package dev.roster.api.v1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.caller.Role;
import dev.roster.testing.Database;
import dev.roster.testing.DatabaseProxy;
import dev.roster.testing.Eventually;
import dev.roster.testing.Http;
import dev.roster.testing.ProjectFiles;
import dev.roster.testing.ProxiedDatabase;
import dev.roster.testing.TestOrganization;
import dev.roster.testing.TestRows;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Locale;
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
        person = TestRows.person(organization, "zebra", "zebra@example.com", Role.MEMBER);
        group = TestRows.group(organization, "okapi");
        TestRows.serviceAccount(organization, "robot", Role.MEMBER);
        application = TestRows.application(organization);
        invite = TestRows.invite(organization, "quagga@example.com");
        UUID gone = TestRows.person(organization, "tapir", Role.MEMBER);
        Database.execute("UPDATE users SET status = 'deactivated' WHERE id = ?", gone);
        token = organization.token(Role.ADMIN);
    }

    @AfterEach
    void restore() {
        proxy.restore();
        Eventually.equal(200, () -> Http.send(Http.request(token, "GET", "/api/v1/groups/okapi", null))
                .statusCode());
    }

    /** The word stands in what a statement of the transaction sends. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '#',
            value = {
                "PATCH; /api/v1/users/zebra; {'display_name': 'Zebra'}; Zebra; 200",
                "PATCH; /api/v1/users/zebra; {'role': 'viewer'}; zebra; 200",
                "PATCH; /api/v1/users/zebra/profile; {'full_name': 'Zebra'}; Zebra; 200",
                "PUT; /api/v1/users/zebra/groups; {'add_to_groups': ['okapi']}; okapi; 200",
                "POST; /api/v1/users/tapir/reactivate; {}; tapir; 200",
                "POST; /api/v1/users/zebra/secrets; {'name': 'wombat'}; wombat; 201",
                "PATCH; /api/v1/users/me/settings; {'wombat': 1}; wombat; 200",
                "POST; /api/v1/groups; {'name': 'wombat'}; wombat; 201",
                "PATCH; /api/v1/groups/okapi; {'display_name': 'Wombat'}; Wombat; 200",
                "POST; /api/v1/service-accounts; {'name': 'wombat'}; wombat; 201",
                "PATCH; /api/v1/service-accounts/robot; {'display_name': 'Wombat'}; Wombat; 200",
                "PUT; /api/v1/service-accounts/robot/groups; {'set_groups': ['okapi']}; okapi; 200",
                "POST; /api/v1/service-accounts/robot/token; {'name': 'wombat'}; wombat; 200",
                "POST; /api/v1/invites; {'email': 'wombat@example.com', 'role': 'member'}; wombat; 201",
                "POST; /api/v1/invites/INVITE/resend; {}; quagga; 200",
                "POST; /api/v1/api-keys; {'name': 'wombat'}; wombat; 201",
                "POST; /api/v1/applications;"
                        + " {'name': 'wombat', 'redirect_uris': ['https://a.example/cb'], 'scopes': ['openid']}; wombat; 201",
                "PATCH; /api/v1/applications/APPLICATION; {'name': 'wombat'}; wombat; 200",
                "PATCH; /api/v1/organization; {'display_name': 'Wombat'}; Wombat; 200",
                "POST; /api/v1/users/invite; {'email': 'wombat@example.com', 'role': 'member'}; wombat; 200",
                "POST; /api/v1/users/groups/GROUP; {'email': 'zebra@example.com'}; zebra; 200",
                "PATCH; /users/PERSON; {'company': 'Zebra'}; Zebra; 200",
            })
    void whenTheDatabaseIsGoneAfterTheCommitThenTheChangeIsAnswered(
            String method, String path, String body, String word, int status) {
        assertNoWordOfSql(word);
        proxy.refuseAfterCommitOf(word);
        HttpResponse<String> answer = Http.send(Http.request(token, method, withIds(path), body.replace('\'', '"')));
        assertTrue(proxy.hasRefused(), "no transaction named '" + word + "': " + answer.body());
        assertEquals(status, answer.statusCode(), answer.body());
    }

    // Else what works in the background would end the database before
    private static void assertNoWordOfSql(String word) {
        for (Path file : ProjectFiles.below(Path.of("src/main"))) {
            assertFalse(
                    isText(file)
                            && ProjectFiles.text(file).toLowerCase(Locale.ROOT).contains(word.toLowerCase(Locale.ROOT)),
                    word + " in " + file);
        }
    }

    private static boolean isText(Path file) {
        return file.toString().endsWith(".java") || file.toString().endsWith(".sql");
    }

    private String withIds(String path) {
        return path.replace("PERSON", person.toString())
                .replace("GROUP", group.toString())
                .replace("APPLICATION", application.toString())
                .replace("INVITE", invite.toString());
    }
}
