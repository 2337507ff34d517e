package dev.roster.api.v1;

import static dev.roster.api.v1.V1.API_KEYS;
import static dev.roster.api.v1.V1.GROUPS;
import static dev.roster.api.v1.V1.SERVICE_ACCOUNTS;
import static dev.roster.api.v1.V1.USERS;
import static dev.roster.api.v1.V1.assertInvalid;
import static dev.roster.api.v1.V1.assertProblem;
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

/** Query parameters that break their rule. */
@QuarkusTest
@Tag("packaged")
class BadQueryTest {
    private final V1 admin = V1.admin(TestOrganization.create());

    @BeforeEach
    void createUsers() {
        List.of("a", "b", "c").forEach(admin::createUser);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-1",
                "0",
                "1001",
                "99999999999999999999",
                "abc",
                "1.5",
                "%2B5",
                "1e2",
                "0x10",
                "%D9%A5",
                "5%20",
                "null"
            })
    void whenLimitIsWrongThenRefused(String limit) {
        for (String path : List.of(USERS, GROUPS, SERVICE_ACCOUNTS, API_KEYS)) {
            assertInvalid(admin.get(path + "?limit=" + limit), "limit", "must be a whole number from 1 to 1000");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "role=boss|role|must be one of admin, member, viewer",
                "role=ADMIN|role|must be one of admin, member, viewer",
                "status=x|status|must be one of active, deactivated, pending_sign_up",
                "kind=robot|kind|must be one of person, service",
                "sort=age|sort|must be one of name, -name, created_at, -created_at",
                "sort=name,created_at|sort|must be one of name, -name, created_at, -created_at",
                "q=%C2%A0|q|must be 1 to 254 characters, not blank, without control characters",
                "q=%20|q|must be 1 to 254 characters, not blank, without control characters",
                "q=a%00|q|must be 1 to 254 characters, not blank, without control characters",
                "email=a%00|email|must be 1 to 254 characters, not blank, without control characters",
                "group=%0A|group|must be 1 to 254 characters, not blank, without control characters"
            })
    void whenFilterIsWrongThenFieldAndRule(String query, String field, String rule) {
        assertInvalid(admin.get(USERS + "?" + query), field, rule);
    }

    @Test
    void whenASemicolonIsInATextThenItIsLookedForToo() {
        admin.createUser("semi;colon");
        for (String query : List.of("q=mi;c", "q=mi%3Bc", "limit=5&q=semi;colon&sort=name")) {
            assertEquals(List.of("semi;colon"), admin.get(USERS + "?" + query).path("items.name"), query);
        }
        assertEquals(List.of(), admin.get(USERS + "?q=semi;colons").path("items.name"));
    }

    @Test
    void whenTextIsTooLongThenRefused() {
        for (String field : List.of("q", "email", "group")) {
            assertInvalid(
                    admin.get(USERS + "?" + field + "=" + "a".repeat(255)),
                    field,
                    "must be 1 to 254 characters, not blank, without control characters");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit", "cursor", "role", "status", "kind", "group", "email", "q", "sort"})
    void whenTwiceThenRefused(String field) {
        assertInvalid(admin.get(USERS + "?" + field + "=1&" + field + "=1"), field, "must be given once");
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit", "role", "status", "kind", "group", "email", "q", "sort"})
    void whenEmptyThenAsAbsent(String field) {
        assertEquals(
                admin.get(USERS).path("items.name").toString(),
                // The document has a type for each, which nothing is not.
                admin.request()
                        .noFilters()
                        .get(USERS + "?" + field + "=")
                        .path("items.name")
                        .toString());
    }

    @Test
    void whenEmptyWouldMeanMoreThenRefused() {
        assertInvalid(admin.get(USERS + "?limit=1&cursor="), "cursor", "must not be empty");
        for (String sessions : List.of(USERS + "/me/sessions", USERS + "/a/sessions")) {
            assertInvalid(admin.delete(sessions + "?except="), "except", "must not be empty");
            assertInvalid(admin.delete(sessions + "?except=&except=current"), "except", "must be given once");
        }
    }

    @Test
    void whenCursorComesWithoutLimitThenRefused() {
        for (String path : List.of(USERS, GROUPS, SERVICE_ACCOUNTS, API_KEYS)) {
            assertInvalid(admin.get(path + "?cursor=x"), "cursor", "must come with limit");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "AAAA", "AAAAAAAAAAAAAAAAAAAAAAAA", "%20", "%F0%9F%98%80", "-"})
    void whenCursorIsMadeUpThenRefused(String cursor) {
        for (String path : List.of(USERS, GROUPS, SERVICE_ACCOUNTS, API_KEYS)) {
            assertForeign(admin.get(path + "?limit=1&cursor=" + cursor));
        }
    }

    @Test
    void whenCursorIsTamperedWithThenRefused() {
        String cursor = admin.get(USERS + "?limit=1").path("next_cursor");
        for (int i = 0; i < cursor.length() - 1; i++) {
            char other = cursor.charAt(i) == 'A' ? 'B' : 'A';
            String tampered = cursor.substring(0, i) + other + cursor.substring(i + 1);
            assertForeign(admin.get(USERS + "?limit=1&cursor=" + tampered));
        }
        assertForeign(admin.get(USERS + "?limit=1&cursor=" + cursor.substring(1)));
        assertForeign(admin.get(USERS + "?limit=1&cursor=" + cursor + "AAAA"));
        assertForeign(admin.get(USERS + "?limit=1&cursor=" + "A".repeat(3000)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                USERS + "?limit=1&role=member",
                USERS + "?limit=1&sort=-name",
                USERS + "?limit=1&sort=created_at",
                USERS + "?limit=1&q=a",
                USERS + "?limit=1&kind=service",
                GROUPS + "?limit=1",
                SERVICE_ACCOUNTS + "?limit=1",
                API_KEYS + "?limit=1",
                API_KEYS + "?limit=1&all=true"
            })
    void whenCursorIsOfAnotherListThenRefused(String path) {
        String cursor = admin.get(USERS + "?limit=1").path("next_cursor");
        assertForeign(admin.get(path + "&cursor=" + cursor));
    }

    @Test
    void whenCursorIsOfAnotherOrganizationThenRefused() {
        V1 other = V1.admin(TestOrganization.create());
        other.createUser("a");
        String cursor = other.get(USERS + "?limit=1").path("next_cursor");
        assertForeign(admin.get(USERS + "?limit=1&cursor=" + cursor));
    }

    private static void assertForeign(Response answer) {
        assertProblem(
                answer,
                400,
                "invalid_cursor",
                "cursor: must be a next_cursor of this list with the same filters and sort.",
                "cursor");
    }
}
