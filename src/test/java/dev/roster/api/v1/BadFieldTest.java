package dev.roster.api.v1;

import static dev.roster.api.v1.V1.GROUPS;
import static dev.roster.api.v1.V1.SERVICE_ACCOUNTS;
import static dev.roster.api.v1.V1.USERS;
import static dev.roster.api.v1.V1.assertInvalid;
import static dev.roster.api.v1.V1.assertProblem;

import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Fields that break their rule: refused with field and rule, nothing written. */
@QuarkusTest
@Tag("packaged")
class BadFieldTest extends BadRequests {
    @ParameterizedTest
    @MethodSource("dev.roster.api.v1.FieldRule#all")
    void whenFieldBreaksItsRuleThenBothNamed(FieldRule rule) {
        String name = rule.field().replaceFirst("[.\\[].*$", "");
        for (String value : rule.values()) {
            String body = "{'" + name + "': " + value + "}";
            if (rule.path().equals(GROUPS) && !name.equals("name")) {
                body = body.replace("}", ", 'name': 'new'}");
            }
            assertInvalid(admin.send(rule.method(), rule.path(), body), rule.field(), rule.rule());
        }
    }

    @Test
    void whenNothingIsSaidThenEachRequiredFieldIsNamed() {
        for (String path : List.of(USERS, GROUPS, SERVICE_ACCOUNTS)) {
            assertInvalid(admin.post(path, "{}"), "name", "is required");
        }
    }

    @Test
    void whenSeveralFieldsAreWrongThenAllNamed() {
        assertProblem(
                admin.post(USERS, "{'name': '', 'display_name': ''}"),
                400,
                "invalid_request",
                "display_name: must be 1 to 150 characters, not blank, without control or invisible characters. name: "
                        + FieldRule.USERNAME
                        + ".",
                "display_name",
                "name");
    }

    @Test
    void whenListHasNullThenItsPlaceIsNamed() {
        Map.of("add_to_groups", "must be a group's name", "set_groups", "must be a group's name")
                .forEach((field, rule) -> assertInvalid(
                        admin.put(USERS + "/x/groups", "{'" + field + "': ['x', null]}"), field + "[1]", rule));
        assertInvalid(admin.post(GROUPS, "{'name': 'new', 'members': [null]}"), "members[0]", "must be a user's name");
    }
}
