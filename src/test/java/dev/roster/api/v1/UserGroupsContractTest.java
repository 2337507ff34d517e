package dev.roster.api.v1;

import static dev.roster.api.v1.V1.GROUPS;
import static dev.roster.api.v1.V1.USERS;
import static dev.roster.api.v1.V1.assertInvalid;
import static dev.roster.api.v1.V1.assertProblem;
import static dev.roster.testing.JsonAnswer.assertBody;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roster.testing.TestOrganization;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code PUT /api/v1/users/{name}/groups}. */
@QuarkusTest
@Tag("packaged")
class UserGroupsContractTest {
    private static final String ANN = USERS + "/ann";
    private static final String ANN_GROUPS = ANN + "/groups";

    private final TestOrganization organization = TestOrganization.create();
    private final V1 admin = V1.admin(organization);

    @BeforeEach
    void createUserInTwoGroups() {
        admin.createUser("ann");
        List.of("one", "two", "three").forEach(admin::createGroup);
        admin.put(ANN_GROUPS, "{'set_groups': ['two', 'one']}").then().statusCode(200);
    }

    @Test
    void whenNothingIsAskedThenNothingChanges() {
        Response answer = admin.put(ANN_GROUPS, "{}");
        answer.then().statusCode(200).header("ETag", matchesPattern("\"1\\.[0-9a-f]+\""));
        assertEquals(List.of("one", "two"), answer.path("groups.name"));
    }

    @Test
    void whenChangedThenWholeUserWithWholeGroups() {
        Response answer = admin.put(ANN_GROUPS, "{'set_groups': ['three']}");
        answer.then().statusCode(200).header("ETag", matchesPattern("\"2\\.[0-9a-f]+\""));
        assertBody(answer, """
                {'id': '<uuid>', 'lrn': 'lrn:roster:%1$s:user:ann', 'name': 'ann', 'display_name': 'ann',
                 'created_at': '<time>', 'profile': {}, 'is_admin': false, 'role': 'member', 'status': 'active',
                 'metadata': {}, 'groups': [
                   {'id': '<uuid>', 'lrn': 'lrn:roster:%1$s:group:three', 'name': 'three', 'display_name': 'three',
                    'sso_name': 'three', 'description': '', 'created_at': '<time>', 'user_count': 1,
                    'sa_count': 0, 'role_count': 0, 'metadata': {}}]}""".formatted(organization.name()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "-",
            value = {
                "{'add_to_groups': ['three']}|one three two",
                "{'add_to_groups': ['one', 'one']}|one two",
                "{'add_to_groups': []}|one two",
                "{'remove_from_groups': ['one']}|two",
                "{'remove_from_groups': ['three']}|one two",
                "{'add_to_groups': ['three'], 'remove_from_groups': ['one']}|three two",
                "{'add_to_groups': ['one', 'three'], 'remove_from_groups': ['one', 'three']}|two",
                "{'add_to_groups': null, 'remove_from_groups': ['one']}|two",
                "{'set_groups': ['three', 'one']}|one three",
                "{'set_groups': ['three'], 'add_to_groups': null, 'remove_from_groups': null}|three",
                "{'set_groups': []}|``"
            })
    void whenChangedThenInTheseGroups(String change, String names) {
        admin.put(ANN_GROUPS, change).then().statusCode(200);
        List<String> expected = names.isEmpty() ? List.of() : List.of(names.split(" "));
        admin.get(ANN).then().body("groups.name", equalTo(expected));
        for (String group : List.of("one", "two", "three")) {
            admin.get(GROUPS + "/" + group).then().body("user_count", equalTo(expected.contains(group) ? 1 : 0));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'add_to_groups': ['three', 'nowhere']}",
                "{'add_to_groups': ['three'], 'remove_from_groups': ['one', 'nowhere']}",
                "{'remove_from_groups': ['one', 'nowhere']}",
                "{'set_groups': ['nowhere', 'three']}"
            })
    void whenGroupIsUnknownThenNamedAndNothingChanged(String change) {
        Response before = admin.get(ANN);
        assertProblem(admin.put(ANN_GROUPS, change), 404, "group_not_found", "Group 'nowhere' not found.");
        assertUnchanged(before);
    }

    @Test
    void whenGroupIsOfOtherOrganizationThenUnknown() {
        V1.admin(TestOrganization.create()).createGroup("theirs");
        assertProblem(
                admin.put(ANN_GROUPS, "{'add_to_groups': ['theirs']}"),
                404,
                "group_not_found",
                "Group 'theirs' not found.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'set_groups': ['three'], 'add_to_groups': ['one']}",
                "{'set_groups': ['three'], 'remove_from_groups': ['one']}",
                "{'set_groups': [], 'add_to_groups': []}"
            })
    void whenSetWithOthersThenRefused(String change) {
        Response before = admin.get(ANN);
        assertInvalid(
                admin.put(ANN_GROUPS, change),
                "set_groups",
                "must stand alone, without add_to_groups or remove_from_groups");
        assertUnchanged(before);
    }

    @Test
    void whenUserIsUnknownThenNotFound() {
        assertProblem(
                admin.put(USERS + "/nobody/groups", "{'set_groups': []}"), 404, "user_not_found", "User not found.");
    }

    @Test
    void whenMembershipsStayThenTagStays() {
        String tag = admin.get(ANN).header("ETag");
        admin.put(ANN_GROUPS, "{'add_to_groups': ['one']}").then().header("ETag", tag);
    }

    private void assertUnchanged(Response before) {
        Response after = admin.get(ANN);
        assertEquals(before.asString(), after.asString());
        assertEquals(before.header("ETag"), after.header("ETag"));
    }
}
