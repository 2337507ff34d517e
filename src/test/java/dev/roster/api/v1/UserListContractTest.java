package dev.roster.api.v1;

import static dev.roster.api.v1.V1.USERS;
import static dev.roster.testing.JsonAnswer.assertBody;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roster.caller.Role;
import dev.roster.testing.AtOnce;
import dev.roster.testing.Database;
import dev.roster.testing.TestClient;
import dev.roster.testing.TestOrganization;
import dev.roster.testing.TestRows;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code GET /api/v1/users}: all, by filter, by page. */
@QuarkusTest
@Tag("packaged")
class UserListContractTest {
    private final TestOrganization organization = TestOrganization.create();
    private final V1 admin = V1.admin(organization);

    @Test
    void whenNoParametersThenAllUsersInOneBareList() {
        admin.createUser("zoe");
        admin.createUser("Bob");
        organization.keepLastSeen();
        Response answer = admin.get(USERS);
        assertEquals(200, answer.statusCode());
        assertEquals("application/json", answer.contentType());
        assertBody(
                answer,
                "{'items': [%s, %s, %s]}"
                        .formatted(
                                admin.get(USERS + "/admin").asString(),
                                admin.get(USERS + "/bob").asString(),
                                admin.get(USERS + "/zoe").asString()));
    }

    /** What they ask for is read once for those who ask at the same moment, and each sees of it what it may. */
    @Test
    void whenCallersOfSeveralRightsAskAtOnceThenEachSeesItsOwn() {
        TestClient ada = organization.add("ada", Role.MEMBER);
        TestClient ben = organization.add("ben", Role.MEMBER);
        for (TestClient changing : List.of(ada, ben)) {
            TestRows.emailChange(organization, changing.userId(), changing.userId() + "@example.org");
        }
        List<String> tokens =
                List.of(organization.token(Role.ADMIN), ada.token(), ben.token(), organization.token(Role.VIEWER));
        List<Set<String>> seen = List.of(
                Set.of(ada.userId() + "@example.org", ben.userId() + "@example.org"),
                Set.of(ada.userId() + "@example.org"),
                Set.of(ben.userId() + "@example.org"),
                Set.of());
        for (int round = 0; round < 5; round++) {
            List<Response> answers = AtOnce.answers(
                    24,
                    n -> given().auth().oauth2(tokens.get(n % tokens.size())).get(USERS + "?limit=50"));
            for (int n = 0; n < answers.size(); n++) {
                List<String> pending = answers.get(n).path("items.profile.pending_email_address");
                pending.removeIf(Objects::isNull);
                assertEquals(seen.get(n % tokens.size()), Set.copyOf(pending));
            }
        }
    }

    @Test
    void whenManyThenAllOfThemAndNoneTwice() {
        Database.execute("""
                INSERT INTO users (organization_id, id, kind, username, username_key, display_name, role, status,
                                   search_text, created_at, updated_at, version)
                SELECT ?, gen_random_uuid(), 'person', 'u' || n, 'u' || n, 'U', 'member', 'active', ' u' || n,
                       now(), now(), 0 FROM generate_series(1, 1234) n""", organization.id());
        List<String> names = admin.get(USERS).path("items.name");
        assertEquals(1235, names.size());
        assertEquals(1235, names.stream().distinct().count());
        assertEquals(names.stream().sorted().toList(), names);
        for (String sort : List.of("name", "-name", "created_at", "-created_at")) {
            List<String> walked = walk(USERS + "?limit=500&sort=" + sort);
            assertEquals(1235, walked.size(), sort);
            assertEquals(1235, walked.stream().distinct().count(), sort);
            List<String> streamed = admin.get(USERS + "?sort=" + sort).path("items.name");
            assertEquals(walked, streamed, sort);
        }
    }

    /** U+FDFA is compared as eighteen letters, so that a name is compared as a text eighteen times as long. */
    @Test
    void whenNamesAreComparedAsLongTextsThenTheirCursorsAreTaken() {
        String longest = "\ufdfa".repeat(99);
        List.of(longest + "a", longest + "b", longest + "c").forEach(admin::createUser);
        List<String> names = List.of("admin", longest + "a", longest + "b", longest + "c");
        assertEquals(names, walk(USERS + "?limit=1&sort=name"));
    }

    @ParameterizedTest
    @CsvSource({"1, 6", "2, 3", "5, 2", "6, 1", "1000, 1"})
    void whenLimitThenPagesEndWithoutCursor(int limit, int pages) {
        List.of("ann", "bob", "cid", "dee", "Eve").forEach(admin::createUser);
        List<Integer> sizes = new ArrayList<>();
        String cursor = "";
        do {
            Response page = admin.get(USERS + "?limit=" + limit + cursor);
            page.then().statusCode(200);
            sizes.add(page.<List<?>>path("items").size());
            String next = page.path("next_cursor");
            if (next == null) {
                page.then().body("$", not(hasKey("next_cursor")));
            }
            cursor = next == null ? null : "&cursor=" + next;
        } while (cursor != null);
        assertEquals(pages, sizes.size());
        assertEquals(6, sizes.stream().mapToInt(Integer::intValue).sum());
    }

    @ParameterizedTest
    @CsvSource({
        "name, admin Ann bob cid",
        "-name, cid bob Ann admin",
        "created_at, admin cid Ann bob",
        "-created_at, bob Ann cid admin"
    })
    void whenSortThenInThisOrderAlsoByPages(String sort, String names) {
        List.of("cid", "Ann", "bob").forEach(admin::createUser);
        List<String> expected = List.of(names.split(" "));
        assertEquals(expected, walk(USERS + "?limit=1&sort=" + sort));
        admin.get(USERS + "?sort=" + sort).then().body("items.name", equalTo(expected));
    }

    @ParameterizedTest
    @CsvSource({
        "role=admin, admin",
        "role=viewer, vera",
        "role=member, ann bob",
        "status=deactivated, bob",
        "status=active, admin ann vera",
        "status=pending_sign_up, ''",
        "kind=person, admin ann bob vera",
        "kind=service, robot",
        "kind=service&role=viewer, ''",
        "group=core, ann vera",
        "group=core&kind=service, robot",
        "group=core&role=viewer, vera",
        "group=nowhere, ''",
        "email=ann@example.org, ann",
        "email=ANN%40Example.org, ann",
        "email=nn@example.org, ''",
        "q=ann, ann",
        "q=ANN, ann",
        "q=a, admin ann bob",
        "q=ample, ann",
        "q=marie, ann",
        "q=The%20Builder, bob",
        "q=builder, bob",
        "q=builder%20, bob",
        "q=builder%C2%A0, bob",
        "q=%25, ''",
        "q=_, ''",
        "q=%5C, ''",
        "q=zzz, ''",
        "q=b&status=deactivated&role=member, bob"
    })
    void whenFilteredThenThese(String query, String names) {
        organization.add("vera", Role.VIEWER);
        admin.createUser("ann");
        admin.patch(USERS + "/ann/profile", "{'full_name': 'Ann Marie', 'email_address': 'ann@example.org'}");
        admin.post(USERS, "{'name': 'bob', 'display_name': 'Also the Builder'}");
        admin.patch(USERS + "/bob", "{'status': 'deactivated'}");
        admin.createServiceAccount("robot");
        admin.post(V1.GROUPS, "{'name': 'core', 'members': ['ann', 'vera', 'robot']}");
        List<String> expected = names.isEmpty() ? List.of() : List.of(names.split(" "));
        admin.get(USERS + "?" + query).then().statusCode(200).body("items.name", equalTo(expected));
        assertEquals(expected, walk(USERS + "?limit=1&" + query));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?limit=10"})
    void whenOtherOrganizationThenNotSeen(String query) {
        V1.admin(TestOrganization.create()).createUser("theirs");
        admin.get(USERS + query).then().body("items", hasSize(1)).body("items.name", equalTo(List.of("admin")));
    }

    @Test
    void whenRowsComeAndGoBetweenPagesThenNoneTwiceAndNoneLost() {
        List.of("b", "d", "f", "h").forEach(admin::createUser);
        Response first = admin.get(USERS + "?limit=2");
        first.then().body("items.name", equalTo(List.of("admin", "b")));
        admin.createUser("a");
        admin.createUser("e");
        admin.delete(USERS + "/b");
        admin.get(USERS + "?limit=9&cursor=" + first.path("next_cursor"))
                .then()
                .body("items.name", equalTo(List.of("d", "e", "f", "h")));
    }

    private List<String> walk(String path) {
        List<String> names = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            Response page = admin.get(path + cursor);
            page.then().statusCode(200);
            names.addAll(page.path("items.name"));
            String next = page.path("next_cursor");
            cursor = next == null ? null : "&cursor=" + next;
        }
        return names;
    }
}
