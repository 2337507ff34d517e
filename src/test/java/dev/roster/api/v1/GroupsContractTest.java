package dev.roster.api.v1;

import static dev.roster.api.v1.V1.GROUPS;
import static dev.roster.api.v1.V1.USERS;
import static dev.roster.api.v1.V1.assertProblem;
import static dev.roster.testing.JsonAnswer.assertBody;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roster.testing.Database;
import dev.roster.testing.TestOrganization;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code /api/v1/groups} and {@code /api/v1/groups/{name}}. */
@QuarkusTest
@Tag("packaged")
class GroupsContractTest {
    private static final String CORE = GROUPS + "/core";

    private final TestOrganization organization = TestOrganization.create();
    private final V1 admin = V1.admin(organization);

    @Test
    void whenOnlyNameThenCreatedWithDefaults() {
        Response answer = admin.post(GROUPS, "{'name': 'core'}");
        answer.then().statusCode(201).header("ETag", matchesPattern("\"0\\.[0-9a-f]+\""));
        assertEquals("application/json", answer.contentType());
        assertBody(answer, group("core", "core", "core", "", 0, 0, "{}"));
    }

    @Test
    void whenAllFieldsThenCreatedWithThem() {
        admin.createUser("ann");
        admin.createServiceAccount("robot");
        Response answer = admin.post(GROUPS, """
                        {'name': 'core', 'display_name': 'Core Team', 'sso_name': 'CN=core', 'description': 'All of us:\\n\\tyou\\r\\n',
                         'members': ['ANN', 'robot', 'admin', 'ann'], 'metadata': {'k': 'v'}}""");
        answer.then().statusCode(201);
        assertBody(answer, group("core", "Core Team", "CN=core", "All of us:\\n\\tyou\\r\\n", 2, 1, "{'k': 'v'}"));
        admin.get(USERS + "?group=core").then().body("items.name", equalTo(List.of("admin", "ann")));
    }

    @Test
    void whenOptionalFieldsAreNullThenDefaults() {
        Response answer = admin.post(GROUPS, """
                        {'name': 'core', 'display_name': null, 'sso_name': null, 'description': null, 'members': null,
                         'metadata': null}""");
        answer.then().statusCode(201);
        assertBody(answer, group("core", "core", "core", "", 0, 0, "{}"));
    }

    @Test
    void whenNameIsTakenThenConflict() {
        admin.createGroup("core");
        assertProblem(admin.post(GROUPS, "{'name': 'core'}"), 409, "group_name_taken", "name: is taken.", "name");
    }

    /** It could be neither read nor deleted: the path is another's. */
    @Test
    void whenTheNameIsThatOfAnotherPathThenRefused() {
        for (String name : List.of("export", "import")) {
            assertProblem(
                    admin.post(GROUPS, "{'name': '%s'}".formatted(name)),
                    400,
                    "invalid_request",
                    "name: must not be one of the reserved words import, export.",
                    "name");
        }
        admin.createGroup("exports");
    }

    @Test
    void whenOtherOrganizationHasTheNameThenCreated() {
        V1.admin(TestOrganization.create()).createGroup("core");
        admin.createGroup("core");
    }

    @Test
    void whenFirstMemberIsUnknownThenNamedAndNoGroup() {
        admin.createUser("ann");
        assertProblem(
                admin.post(GROUPS, "{'name': 'core', 'members': ['ann', 'nobody']}"),
                404,
                "user_not_found",
                "User 'nobody' not found.");
        assertProblem(admin.get(CORE), 404, "group_not_found", "Group 'core' not found.");
    }

    @Test
    void whenListedThenAllByName() {
        List.of("zeta", "alpha", "mid-1").forEach(admin::createGroup);
        V1.admin(TestOrganization.create()).createGroup("theirs");
        Response answer = admin.get(GROUPS);
        answer.then().statusCode(200);
        assertEquals("application/json", answer.contentType());
        assertBody(
                answer,
                "{'items': [%s, %s, %s]}"
                        .formatted(
                                group("alpha", "alpha", "alpha", "", 0, 0, "{}"),
                                group("mid-1", "mid-1", "mid-1", "", 0, 0, "{}"),
                                group("zeta", "zeta", "zeta", "", 0, 0, "{}")));
    }

    @Test
    void whenNoneThenEmptyList() {
        assertBody(admin.get(GROUPS), "{'items': []}");
        assertBody(admin.get(GROUPS + "?limit=5"), "{'items': []}");
    }

    @Test
    void whenLimitThenPages() {
        List.of("c", "a", "b").forEach(admin::createGroup);
        Response first = admin.get(GROUPS + "?limit=2");
        first.then().statusCode(200).body("items.name", equalTo(List.of("a", "b")));
        admin.get(GROUPS + "?limit=2&cursor=" + first.path("next_cursor"))
                .then()
                .statusCode(200)
                .body("items.name", equalTo(List.of("c")))
                .body("$", not(hasKey("next_cursor")));
    }

    @Test
    void whenFoundThenGroupWithTag() {
        String created = admin.createGroup("core").header("ETag");
        Response answer = admin.get(CORE);
        answer.then().statusCode(200).header("ETag", created);
        assertBody(answer, group("core", "core", "core", "", 0, 0, "{}"));
    }

    @Test
    void whenAllFieldsThenChanged() {
        admin.post(GROUPS, "{'name': 'core', 'metadata': {'a': '1', 'b': '2'}}");
        Response answer = admin.patch(CORE, """
                        {'display_name': 'Core', 'sso_name': 'CORE', 'description': 'D', 'metadata': {'a': null, 'c': '3'}}""");
        answer.then().statusCode(200).header("ETag", matchesPattern("\"1\\.[0-9a-f]+\""));
        assertBody(answer, group("core", "Core", "CORE", "D", 0, 0, "{'b': '2', 'c': '3'}"));
        assertBody(admin.get(CORE), group("core", "Core", "CORE", "D", 0, 0, "{'b': '2', 'c': '3'}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'display_name': null, 'sso_name': null, 'description': null}", "{'metadata': {}}"})
    void whenAbsentOrNullThenUntouched(String change) {
        admin.post(
                GROUPS,
                "{'name': 'core', 'display_name': 'Core', 'sso_name': 'S', 'description': 'D', 'metadata': {'a': '1'}}");
        Response answer = admin.patch(CORE, change);
        answer.then().statusCode(200);
        assertBody(answer, group("core", "Core", "S", "D", 0, 0, "{'a': '1'}"));
    }

    @Test
    void whenDescriptionIsEmptyAndMetadataNullThenTakenAway() {
        admin.post(GROUPS, "{'name': 'core', 'description': 'D', 'metadata': {'a': '1'}}");
        Response answer = admin.patch(CORE, "{'description': '', 'metadata': null}");
        assertBody(answer, group("core", "core", "core", "", 0, 0, "{}"));
    }

    @Test
    void whenDeletedThenGoneAndMembersStay() {
        admin.createUser("ann");
        admin.post(GROUPS, "{'name': 'core', 'members': ['ann']}");
        Response answer = admin.delete(CORE);
        answer.then().statusCode(204);
        assertEquals("", answer.asString());
        assertProblem(admin.get(CORE), 404, "group_not_found", "Group 'core' not found.");
        admin.get(USERS + "/ann").then().statusCode(200).body("groups", equalTo(List.of()));
        assertEquals(
                0L, Database.value("SELECT count(*) FROM memberships WHERE organization_id = ?", organization.id()));
    }

    @Test
    void whenUnknownThenNotFound() {
        V1.admin(TestOrganization.create()).createGroup("core");
        assertProblem(admin.get(CORE), 404, "group_not_found", "Group 'core' not found.");
        assertProblem(admin.patch(CORE, "{}"), 404, "group_not_found", "Group 'core' not found.");
        assertProblem(admin.delete(CORE), 404, "group_not_found", "Group 'core' not found.");
    }

    private String group(
            String name,
            String displayName,
            String ssoName,
            String description,
            int users,
            int serviceAccounts,
            String metadata) {
        return """
        {'id': '<uuid>', 'lrn': 'lrn:roster:%s:group:%s', 'name': '%s', 'display_name': '%s',
         'sso_name': '%s', 'description': '%s', 'created_at': '<time>', 'user_count': %d, 'sa_count': %d,
         'role_count': 0, 'metadata': %s}""".formatted(
                organization.name(), name, name, displayName, ssoName, description, users, serviceAccounts, metadata);
    }
}
