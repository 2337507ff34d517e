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
            assertProblem(
                    admin.ifMatch(method, path, tag, change),
                    412,
                    "precondition_failed",
                    "The resource has changed since it was read.");
        }
        assertEquals(current.asString(), admin.get(resource).asString());
        admin.ifMatch(method, path, "\"none\", " + current.header("ETag"), change)
                .then()
                .statusCode(method.equals("DELETE") ? 204 : 200);
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

    @Test
    void whenTheChangedResourceDoesNotExistThenNotFound() {
        assertProblem(
                admin.ifMatch("PATCH", USERS + "/nobody", "\"0.00\"", "{}"), 404, "user_not_found", "User not found.");
    }
}
