package dev.roster.api.v1;

import static dev.roster.api.v1.V1.USERS;
import static dev.roster.api.v1.V1.assertInvalid;
import static dev.roster.api.v1.V1.assertProblem;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roster.testing.TestOrganization;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Usernames with characters that mean something in a URI or fold together. */
@QuarkusTest
@Tag("packaged")
class NamesInPathsTest {
    private final V1 admin = V1.admin(TestOrganization.create());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ann@example.org|ann@example.org",
                "ann@example.org|ann%40example.org",
                "ann@example.org|%61nn%40EXAMPLE.org",
                "a+b|a+b",
                "a+b|a%2Bb",
                "Ann Lee|Ann%20Lee",
                "a;b=c|a%3Bb%3Dc",
                "a?b#c|a%3Fb%23c",
                "a/b|a%2Fb",
                "/|%2F",
                "../a/profile|..%2Fa%2Fprofile",
                "100%|100%25",
                "a%2Fb|a%252Fb",
                "a\\\\b|a%5Cb",
                "...|...",
                "Zoë|Zo%C3%AB",
                "Zoë|zoe%CC%88",
                "Ꙁ李😀|%EA%99%80%E6%9D%8E%F0%9F%98%80",
                "ΣΊΣΥΦΟΣ|%CF%83%CE%AF%CF%83%CF%85%CF%86%CE%BF%CF%82",
                "a:b,c!$&()*~|a:b,c!$&()*~"
            })
    void whenNameIsEncodedThenFoundChangedAndDeleted(String name, String encoded) {
        admin.createUser(name);
        String path = USERS + "/" + encoded;
        String shown = name.replace("\\\\", "\\");
        admin.get(path).then().statusCode(200).body("name", equalTo(shown));
        admin.patch(path, "{'display_name': 'X'}").then().statusCode(200);
        admin.patch(path + "/profile", "{'full_name': 'X'}").then().statusCode(200);
        admin.put(path + "/groups", "{'set_groups': []}").then().statusCode(200);
        admin.delete(path).then().statusCode(204);
        assertProblem(admin.get(path), 404, "user_not_found", "User not found.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "me",
                "ME",
                "current",
                "self",
                "invite",
                "system_invite",
                "groups",
                "Groups",
                "membership",
                "import",
                "export",
                ".",
                "..",
                " a",
                "a ",
                "a  b",
                "\\u00a0",
                "a\\tb",
                "a\\u007f",
                "ｍｅ"
            })
    void whenNameCannotStandInAPathThenRefusedNamingTheRule(String name) {
        assertInvalid(admin.post(USERS, "{'name': '" + name + "'}"), "name", FieldRule.USERNAME);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PATCH", "DELETE"})
    void whenSlashIsEncodedThenOneNameThatNobodyHas(String method) {
        admin.createUser("a");
        assertProblem(admin.send(method, USERS + "/a%2Fprofile", "{}"), 404, "user_not_found", "User not found.");
        assertEquals(200, admin.get(USERS + "/a").statusCode());
    }
}
