package dev.roster.audit;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.roster.caller.Role;
import dev.roster.testing.Database;
import dev.roster.testing.JsonAnswer;
import dev.roster.testing.ProjectFiles;
import dev.roster.testing.TestOrganization;
import dev.roster.testing.TestRows;
import io.quarkus.test.junit.QuarkusTest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What an operator looks for before going back in time, by the statement of docs/operate.md. */
@QuarkusTest
class RestoreDocumentTest {
    private static final Pattern STATEMENT =
            Pattern.compile("```sql\\s+(SELECT .*? FROM audit_events.*?);", Pattern.DOTALL);

    private final TestOrganization organization = TestOrganization.create();

    @Test
    void whenRightsWereTakenAwayThenWhoseWhereAndWhatTheyWere() {
        TestRows.person(organization, "ann", Role.ADMIN);
        String token = organization.token(Role.ADMIN);
        given().auth()
                .oauth2(token)
                .contentType("application/json")
                .body("{\"role\": \"viewer\"}")
                .patch("/api/v1/users/ann")
                .then()
                .statusCode(200);
        given().auth()
                .oauth2(token)
                .body("{\"name\": \"ben\"}".getBytes(UTF_8))
                .contentType("application/x-ndjson")
                .post("/api/v1/users/import")
                .then()
                .statusCode(200);
        JsonAnswer.assertJson(found(), """
                [{'type': 'user.role_changed', 'target_kind': 'user', 'target_name': 'ann', 'before': {'role': 'admin'},
                  'after': {'role': 'viewer'}, 'details': null},
                 {'type': 'users.imported', 'target_kind': 'organization', 'target_name': '%s', 'before': null, 'after': null,
                  'details': {'created': 1, 'updated': 0, 'first_line': 1, 'last_line': 1}}]
                """.formatted(organization.name()));
    }

    private String found() {
        Matcher statement = STATEMENT.matcher(ProjectFiles.text("docs/operate.md"));
        if (!statement.find()) {
            throw new AssertionError("the document has no statement");
        }
        String looked = statement.group(1).replace("THE MOMENT", "2020-01-01");
        return Database.value(
                        "SELECT json_agg(to_jsonb(found) - ARRAY ['occurred_at', 'organization_id', 'target_id'])"
                                + " FROM (" + looked + ") AS found WHERE organization_id = ? AND target_id IS NOT NULL",
                        organization.id())
                .toString();
    }
}
