package dev.roster.api.v1;

import static dev.roster.api.v1.V1.USERS;
import static dev.roster.api.v1.V1.assertInvalid;
import static dev.roster.api.v1.V1.assertProblem;
import static dev.roster.testing.JsonAnswer.assertBody;
import static dev.roster.testing.JsonAnswer.assertJson;
import static org.hamcrest.Matchers.aMapWithSize;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roster.caller.Role;
import dev.roster.testing.Database;
import dev.roster.testing.TableLock;
import dev.roster.testing.TestClient;
import dev.roster.testing.TestOrganization;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code PATCH /api/v1/users/{name}} and its profile: what each field does and leaves. */
@QuarkusTest
@Tag("packaged")
class UserChangesContractTest {
    private static final String ANN = USERS + "/ann";

    private final TestOrganization organization = TestOrganization.create();
    private final V1 admin = V1.admin(organization);

    @BeforeEach
    void createUser() {
        admin.post(USERS, "{'name': 'ann', 'display_name': 'Ann', 'metadata': {'a': '1', 'b': '2'}}")
                .then()
                .statusCode(201);
    }

    @Test
    void whenAllFieldsThenChanged() {
        Response answer = admin.patch(
                ANN, "{'display_name': 'Ann B', 'metadata': {'c': '3'}, 'role': 'admin', 'status': 'deactivated'}");
        answer.then().statusCode(200).header("ETag", matchesPattern("\"1\\.[0-9a-f]+\""));
        assertBody(answer, user("Ann B", "{}", "admin", "deactivated", "{'a': '1', 'b': '2', 'c': '3'}"));
        assertBody(admin.get(ANN), answer.asString().replace('"', '\''));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'display_name': null, 'role': null, 'status': null}",
                "{'metadata': {}}",
                "{'metadata': {'unknown': null}}"
            })
    void whenAbsentOrNullThenUntouched(String body) {
        Response answer = admin.patch(ANN, body);
        answer.then().statusCode(200);
        assertBody(answer, user("Ann", "{}", "member", "active", "{'a': '1', 'b': '2'}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'a': '9'}|{'a': '9', 'b': '2'}",
                "{'a': null}|{'b': '2'}",
                "{'a': null, 'c': '3'}|{'b': '2', 'c': '3'}",
                "{'a': ''}|{'a': '', 'b': '2'}",
                "null|{}"
            })
    void whenMetadataThenMergedByKey(String change, String result) {
        Response answer = admin.patch(ANN, "{'metadata': " + change + "}");
        answer.then().statusCode(200);
        assertBody(answer, user("Ann", "{}", "member", "active", result));
    }

    /** Who may change only itself learns nothing of others that way, and waits for nobody. */
    @ParameterizedTest
    @ValueSource(strings = {"users:read self:write", "self:write"})
    void whenOnlyItselfMayBeChangedThenOthersAreRefusedWhetherOrNotTheyAreThere(String scopes) throws Exception {
        TestClient member = organization.add("bob", Role.MEMBER);
        V1 bob = V1.of(member, scopes.split(" "));
        UUID ann = (UUID) Database.value(
                "SELECT id FROM users WHERE organization_id = ? AND username = 'ann'", organization.id());
        try (TableLock lock = TableLock.ofRow("users", ann)) {
            for (String path : List.of(USERS + "/ann", USERS + "/nobody")) {
                assertNotOwn(bob.patch(path, "{'display_name': 'B'}"));
                assertNotOwn(bob.patch(path, "{'role': 'viewer'}"));
                assertNotOwn(bob.patch(path + "/profile", "{'full_name': 'B'}"));
                assertNotOwn(bob.patch(path + "/profile", "{'email_address': 'b@example.com'}"));
            }
            assertEquals(0, lock.waiting());
        }
        bob.patch("/users/" + ann, "{'company': 'B'}").then().statusCode(403);
        bob.patch("/users/" + UUID.randomUUID(), "{'company': 'B'}").then().statusCode(403);
        bob.patch("/users/" + member.userId(), "{'company': 'B'}").then().statusCode(200);
        bob.patch(USERS + "/BOB", "{'display_name': 'B'}").then().statusCode(200);
    }

    private static void assertNotOwn(Response answer) {
        assertProblem(answer, 403, "forbidden", "This needs the scope users:write.");
    }

    @Test
    void whenMetadataIsAsLargeAsAllowedThenKept() {
        String key = "é".repeat(20);
        String value = "v".repeat(500);
        admin.patch(ANN, "{'metadata': {'%s': '%s'}}".formatted(key, value))
                .then()
                .statusCode(200)
                .body("metadata." + key, equalTo(value));
    }

    @Test
    void whenMoreThanFiftyEntriesAreRemovedThenOnlyWhatStaysCounts() {
        String removals = IntStream.range(0, 60)
                .mapToObj(n -> "'gone" + n + "': null")
                .collect(Collectors.joining(", ", "{", ", 'new': 'x'}"));
        admin.patch(ANN, "{'metadata': " + removals + "}")
                .then()
                .statusCode(200)
                .body("metadata.new", equalTo("x"));
    }

    @Test
    void whenMetadataHasFiftyEntriesThenKeptAndOneMoreRefused() {
        admin.patch(ANN, "{'metadata': " + entries(48) + "}")
                .then()
                .statusCode(200)
                .body("metadata", aMapWithSize(50));
        assertInvalid(admin.patch(ANN, "{'metadata': {'more': ''}}"), "metadata", "must have at most 50 entries");
        admin.patch(ANN, "{'metadata': {'more': '', 'a': null}}")
                .then()
                .statusCode(200)
                .body("metadata", aMapWithSize(50));
    }

    @Test
    void whenProfileThenSetUntouchedAndTakenAway() {
        Response set = admin.patch(ANN + "/profile", "{'full_name': 'Ann Marie', 'email_address': 'Ann@Example.org'}");
        set.then().statusCode(200).header("ETag", matchesPattern("\"1\\.[0-9a-f]+\""));
        assertProfile(set, "{'full_name': 'Ann Marie', 'email_address': 'Ann@Example.org'}");
        assertProfile(
                admin.patch(ANN + "/profile", "{'full_name': 'A. M.'}"),
                "{'full_name': 'A. M.', 'email_address': 'Ann@Example.org'}");
        assertProfile(
                admin.patch(ANN + "/profile", "{'full_name': null, 'email_address': null}"),
                "{'full_name': 'A. M.', 'email_address': 'Ann@Example.org'}");
        assertProfile(admin.patch(ANN + "/profile", "{'full_name': ''}"), "{'email_address': 'Ann@Example.org'}");
        admin.patch(ANN + "/profile", "{'full_name': 'A. M.'}");
        assertProfile(admin.patch(ANN + "/profile", "{'full_name': '   '}"), "{'email_address': 'Ann@Example.org'}");
        assertProfile(admin.patch(ANN + "/profile", "{'email_address': ''}"), "{}");
        assertProfile(admin.get(ANN), "{}");
    }

    @Test
    void whenProfileIsTakenAwayThenAnotherCanHaveTheAddress() {
        admin.patch(ANN + "/profile", "{'email_address': 'ann@example.org'}");
        admin.createUser("bob");
        assertProblem(
                admin.patch(USERS + "/bob/profile", "{'email_address': 'ANN@example.org'}"),
                409,
                "email_taken",
                "email_address: is taken.",
                "email_address");
        admin.patch(ANN + "/profile", "{'email_address': ''}").then().statusCode(200);
        admin.patch(USERS + "/bob/profile", "{'email_address': 'ANN@example.org'}")
                .then()
                .statusCode(200);
    }

    @Test
    void whenSameAddressInOtherOrganizationThenSet() {
        V1 other = V1.admin(TestOrganization.create());
        other.createUser("ann");
        other.patch(ANN + "/profile", "{'email_address': 'ann@example.org'}");
        admin.patch(ANN + "/profile", "{'email_address': 'ann@example.org'}")
                .then()
                .statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'role': 'member'}", "{'role': 'viewer'}", "{'status': 'deactivated'}"})
    void whenLastAdminWouldLoseItsRightsThenRefused(String change) {
        organization.keepLastSeen();
        Response before = admin.get(USERS + "/admin");
        assertProblem(
                admin.patch(USERS + "/admin", change),
                409,
                "last_admin",
                "The last administrator of an organization must remain.");
        assertJson(admin.get(USERS + "/admin").asString(), before.asString());
    }

    @Test
    void whenOnlyAdminLeftIsDeactivatedThenNoneToReplaceIt() {
        organization.add("second", Role.ADMIN);
        admin.patch(USERS + "/second", "{'status': 'deactivated'}").then().statusCode(200);
        assertProblem(
                admin.patch(USERS + "/admin", "{'role': 'member'}"),
                409,
                "last_admin",
                "The last administrator of an organization must remain.");
        admin.patch(USERS + "/second", "{'status': 'active'}").then().statusCode(200);
        admin.patch(USERS + "/admin", "{'role': 'member'}").then().statusCode(200);
    }

    private static void assertProfile(Response answer, String profile) {
        answer.then().statusCode(200);
        assertJson(answer.asString(), answer.asString().replaceFirst("\"profile\":\\{[^}]*}", "'profile': " + profile));
    }

    private static String entries(int count) {
        return IntStream.range(0, count).mapToObj(i -> "'k" + i + "': 'v'").collect(Collectors.joining(", ", "{", "}"));
    }

    private String user(String displayName, String profile, String role, String status, String metadata) {
        return """
        {'id': '<uuid>', 'lrn': 'lrn:roster:%s:user:ann', 'name': 'ann', 'display_name': '%s',
         'created_at': '<time>', 'groups': [], 'profile': %s, 'is_admin': %s, 'role': '%s',
         'status': '%s', 'metadata': %s}""".formatted(organization.name(), displayName, profile, role.equals("admin"), role, status, metadata);
    }
}
