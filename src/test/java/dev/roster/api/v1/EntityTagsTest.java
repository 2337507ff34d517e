package dev.roster.api.v1;

import static dev.roster.api.v1.V1.GROUPS;
import static dev.roster.api.v1.V1.SERVICE_ACCOUNTS;
import static dev.roster.api.v1.V1.USERS;
import static dev.roster.api.v1.V1.assertProblem;
import static org.hamcrest.Matchers.matchesPattern;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.roster.testing.TestOrganization;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ETag}, {@code If-None-Match} and {@code If-Match} of single resources. */
@QuarkusTest
@Tag("packaged")
class EntityTagsTest {
    private final V1 admin = V1.admin(TestOrganization.create());

    @BeforeEach
    void createResources() {
        admin.createUser("x");
        admin.createServiceAccount("y");
        admin.createGroup("x");
    }

    @ParameterizedTest
    @ValueSource(strings = {USERS + "/x", GROUPS + "/x", SERVICE_ACCOUNTS + "/y"})
    void whenClientHasItThenNotModified(String path) {
        String tag = admin.get(path).header("ETag");
        assertEquals(tag, admin.get(path).header("ETag"));
        for (String known : new String[] {tag, "W/" + tag, "\"old\", " + tag, "*"}) {
            Response answer = admin.request().header("If-None-Match", known).get(path);
            answer.then().statusCode(304).header("ETag", tag);
            assertEquals("", answer.asString(), known);
        }
        admin.request().header("If-None-Match", "\"0.00\"").get(path).then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {USERS + "/x", GROUPS + "/x", SERVICE_ACCOUNTS + "/y"})
    void whenChangedThenNewTag(String path) {
        String tag = admin.get(path).header("ETag");
        String changed = admin.patch(path, "{'display_name': 'New'}").header("ETag");
        assertNotEquals(tag, changed);
        assertEquals(changed, admin.get(path).header("ETag"));
        admin.request().header("If-None-Match", tag).get(path).then().statusCode(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "PATCH|/api/v1/users/x|{'display_name': 'B'}",
                "PATCH|/api/v1/users/x/profile|{'full_name': 'B'}",
                "PUT|/api/v1/users/x/groups|{'set_groups': []}",
                "DELETE|/api/v1/users/x|``",
                "PATCH|/api/v1/groups/x|{'display_name': 'B'}",
                "DELETE|/api/v1/groups/x|``",
                "PATCH|/api/v1/service-accounts/y|{'display_name': 'B'}",
                "PUT|/api/v1/service-accounts/y/groups|{'set_groups': []}",
                "DELETE|/api/v1/service-accounts/y|``"
            })
    void whenOtherVersionThenPreconditionFails(String method, String path, String change) {
        String resource = path.replaceFirst("/(profile|groups)$", "");
        String old = admin.get(resource).header("ETag");
        Response current = admin.patch(resource, "{'display_name': 'A'}");
        for (String tag : new String[] {old, "\"none\"", "W/" + current.header("ETag"), ""}) {
            assertPreconditionFails(admin.ifMatch(method, path, tag, change));
        }
        assertEquals(current.asString(), admin.get(resource).asString());
        assertDone(method, admin.ifMatch(method, path, "\"none\", " + current.header("ETag"), change));
    }

    private static void assertPreconditionFails(Response answer) {
        assertProblem(answer, 412, "precondition_failed", "The resource has changed since it was read.");
    }

    private static void assertDone(String method, Response answer) {
        answer.then().statusCode(method.equals("DELETE") ? 204 : 200);
    }

    @Test
    void whenAnyVersionThenChanged() {
        admin.ifMatch("PATCH", USERS + "/x", "*", "{'display_name': 'B'}")
                .then()
                .statusCode(200)
                .header("ETag", matchesPattern("\"1\\.[0-9a-f]+\""));
    }

    @Test
    void whenGroupGetsMembersThenItsTagChangesAndItsVersionDoesNot() {
        String before = admin.get(GROUPS + "/x").header("ETag");
        admin.put(USERS + "/x/groups", "{'add_to_groups': ['x']}").then().statusCode(200);
        assertNotEquals(before, admin.get(GROUPS + "/x").header("ETag"));
        admin.ifMatch("PATCH", GROUPS + "/x", before, "{'display_name': 'B'}")
                .then()
                .statusCode(200);
    }

    /** Whoever changes what must not be there, or must be another than it has, changes nothing (RFC 9110 section 13.1.2). */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "PATCH|/api/v1/users/x|{'display_name': 'B'}",
                "PUT|/api/v1/users/x/groups|{'set_groups': []}",
                "DELETE|/api/v1/users/x|``",
                "PATCH|/api/v1/groups/x|{'display_name': 'B'}",
                "DELETE|/api/v1/groups/x|``",
                "PATCH|/api/v1/service-accounts/y|{'display_name': 'B'}",
                "DELETE|/api/v1/service-accounts/y|``",
                "PATCH|/api/v1/organization|{'display_name': 'B'}"
            })
    void whenNoneMustMatchThenChangedWhereNoneDoes(String method, String path, String change) {
        String resource = path.replaceFirst("/groups$", "");
        String tag = admin.get(resource).header("ETag");
        String before = admin.get(resource).asString();
        for (String known : new String[] {"*", tag, "W/" + tag, "\"none\", " + tag}) {
            assertPreconditionFails(ifNoneMatch(method, path, known, change));
        }
        assertEquals(before, admin.get(resource).asString());
        assertDone(method, ifNoneMatch(method, path, "\"none\", \"9.00\"", change));
    }

    private Response ifNoneMatch(String method, String path, String tags, String json) {
        return admin.request()
                .header("If-None-Match", tags)
                .contentType("application/json")
                .body(json.isEmpty() ? "" : json.replace('\'', '"'))
                .request(method, path);
    }

    /** Others than the client have changed what it was shown: not the account, but one of its groups. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "PATCH|/api/v1/users/x|{'display_name': 'B'}",
                "PATCH|/api/v1/users/x/profile|{'full_name': 'B'}",
                "PUT|/api/v1/users/x/groups|{'set_groups': ['staff']}",
                "DELETE|/api/v1/users/x|``",
                "PATCH|/api/v1/service-accounts/y|{'display_name': 'B'}",
                "PUT|/api/v1/service-accounts/y/groups|{'set_groups': ['staff']}",
                "DELETE|/api/v1/service-accounts/y|``",
                "PATCH|{application}|{'name': 'B'}",
                "DELETE|{application}|``"
            })
    void whenAGroupThatItShowsIsChangedOrDeletedThenPreconditionFails(String method, String path, String change) {
        admin.createGroup("staff");
        admin.createGroup("other");
        String application = createApplication("['other', 'x']");
        String target = path.replace("{application}", application);
        String resource = target.replaceFirst("/(profile|groups)$", "");
        put("{'set_groups': ['x', 'other']}");
        String first = admin.get(resource).header("ETag");
        admin.patch(GROUPS + "/x", "{'display_name': 'Renamed'}").then().statusCode(200);
        if (resource.equals(application)) {
            assertEquals(first, admin.get(resource).header("ETag")); // It shows nothing but their names
        } else {
            assertOld(method, target, first, change);
        }
        String second = admin.get(resource).header("ETag");
        admin.delete(GROUPS + "/other").then().statusCode(204);
        assertOld(method, target, second, change);
        assertDone(method, admin.ifMatch(method, target, admin.get(resource).header("ETag"), change));
    }

    private void assertOld(String method, String path, String tag, String change) {
        String resource = path.replaceFirst("/(profile|groups)$", "");
        String before = admin.get(resource).asString();
        assertPreconditionFails(admin.ifMatch(method, path, tag, change));
        admin.request().header("If-Match", tag).get(resource).then().statusCode(412);
        admin.request().header("If-None-Match", tag).get(resource).then().statusCode(200);
        assertEquals(before, admin.get(resource).asString());
    }

    /** Replicas of the version before give out tags without a digest of the groups. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "PATCH|/api/v1/users/x|{'display_name': 'B'}",
                "PUT|/api/v1/users/x/groups|{'set_groups': []}",
                "DELETE|/api/v1/users/x|``",
                "PATCH|/api/v1/service-accounts/y|{'display_name': 'B'}",
                "DELETE|/api/v1/service-accounts/y|``",
                "PATCH|{application}|{'name': 'B'}",
                "DELETE|{application}|``"
            })
    void whenATagIsOfTheVersionBeforeThenItsVersionIsCompared(String method, String path, String change) {
        String target = path.replace("{application}", createApplication("['x']"));
        String resource = target.replaceFirst("/groups$", "");
        put("{'set_groups': ['x']}");
        String shown = admin.get(resource).asString();
        String old = earlier(admin.get(resource).header("ETag"));
        admin.request().header("If-Match", old).get(resource).then().statusCode(200);
        admin.request().header("If-None-Match", old).get(resource).then().statusCode(200);
        assertPreconditionFails(ifNoneMatch(method, target, old, change));
        assertEquals(shown, admin.get(resource).asString());
        String field = resource.contains("applications") ? "name" : "display_name";
        admin.patch(resource, "{'" + field + "': 'A'}").then().statusCode(200);
        assertOld(method, target, old, change);
        assertDone(
                method,
                admin.ifMatch(method, target, earlier(admin.get(resource).header("ETag")), change));
    }

    private static String earlier(String tag) {
        String earlier = tag.replaceFirst("\\.[0-9a-f]{12}(?=[0-9a-f]{18}\"$)", ".");
        assertNotEquals(tag, earlier);
        return earlier;
    }

    /** If-None-Match of a change compares the state as If-Match does, not what else an answer shows. */
    @Test
    void whenATagHasThePresentStateThenNoneMatchOfAChangeFails() {
        String before = admin.get(GROUPS + "/x").header("ETag");
        put("{'set_groups': ['x']}");
        assertNotEquals(before, admin.get(GROUPS + "/x").header("ETag"));
        assertPreconditionFails(ifNoneMatch("PATCH", GROUPS + "/x", before, "{'display_name': 'B'}"));
    }

    /** Of those in a group, others that join or leave it are no change. */
    @Test
    void whenOthersJoinAGroupThatItShowsThenItIsChangedAllTheSame() {
        put("{'set_groups': ['x']}");
        String tag = admin.get(USERS + "/x").header("ETag");
        admin.createUser("z");
        admin.put(USERS + "/z/groups", "{'set_groups': ['x']}").then().statusCode(200);
        assertNotEquals(tag, admin.get(USERS + "/x").header("ETag"));
        admin.ifMatch("PATCH", USERS + "/x", tag, "{'display_name': 'B'}")
                .then()
                .statusCode(200);
    }

    /** Each answer that shows what is found somewhere has the tag of what is found there. */
    @Test
    void whenChangedThenTheAnswerHasTheTagOfWhatIsFound() {
        String application = createApplication("['x']");
        assertFound(USERS + "/new", admin.post(USERS, "{'name': 'new', 'metadata': {'a': '1'}}"));
        assertFound(USERS + "/x", admin.put(USERS + "/x/groups", "{'set_groups': ['x']}"));
        assertFound(USERS + "/x", admin.patch(USERS + "/x/profile", "{'email_address': 'x@example.com'}"));
        admin.patch(USERS + "/x", "{'status': 'deactivated'}");
        assertFound(USERS + "/x", admin.post(USERS + "/x/reactivate", "{'keep_groups': true}"));
        assertFound(GROUPS + "/new", admin.post(GROUPS, "{'name': 'new', 'members': ['x']}"));
        assertFound(application, admin.patch(application, "{'name': 'New'}"));
        assertFound("/api/v1/organization", admin.patch("/api/v1/organization", "{'display_name': 'New'}"));
        Response made = admin.post(SERVICE_ACCOUNTS, "{'name': 'bot', 'token_expires_at': '2126-01-31T12:00:00Z'}");
        assertFound(SERVICE_ACCOUNTS + "/bot", made);
        assertFound(SERVICE_ACCOUNTS + "/bot", admin.put(SERVICE_ACCOUNTS + "/bot/groups", "{'set_groups': ['x']}"));
        Response rotated = admin.post(SERVICE_ACCOUNTS + "/bot/token", "{}");
        assertFound(SERVICE_ACCOUNTS + "/bot", rotated);
        assertNotEquals(made.header("ETag"), rotated.header("ETag"));
        admin.ifMatch("PATCH", SERVICE_ACCOUNTS + "/bot", rotated.header("ETag"), "{'display_name': 'B'}")
                .then()
                .statusCode(200);
    }

    private void assertFound(String path, Response changed) {
        assertEquals(2, changed.statusCode() / 100, changed.asString());
        String tag = changed.header("ETag");
        assertEquals(admin.get(path).header("ETag"), tag, path);
        admin.request().header("If-None-Match", tag).get(path).then().statusCode(304);
    }

    private void put(String groups) {
        admin.put(USERS + "/x/groups", groups).then().statusCode(200);
        admin.put(SERVICE_ACCOUNTS + "/y/groups", groups).then().statusCode(200);
    }

    private String createApplication(String groups) {
        Response made = admin.post(
                "/api/v1/applications",
                "{'name': 'Wiki', 'redirect_uris': ['https://wiki.example.com/cb'], 'scopes': ['users:read'],"
                        + " 'groups': " + groups + "}");
        String path = "/api/v1/applications/" + made.path("id");
        assertFound(path, made);
        return path;
    }

    @Test
    void whenTheChangedResourceDoesNotExistThenNotFound() {
        assertProblem(
                admin.ifMatch("PATCH", USERS + "/nobody", "\"0.00\"", "{}"), 404, "user_not_found", "User not found.");
    }
}
