package dev.roster.api.v1;

import static dev.roster.api.v1.V1.GROUPS;
import static dev.roster.api.v1.V1.USERS;
import static dev.roster.api.v1.V1.assertInvalid;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.caller.Role;
import dev.roster.testing.Database;
import dev.roster.testing.TestOrganization;
import dev.roster.testing.TestRows;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Accounts in many groups are answered as others are, and are in a thousand at most. */
@QuarkusTest
@Tag("packaged")
class ManyGroupsTest {
    private static final String FULL = "must leave the account in at most 1000 groups";

    private final TestOrganization organization = TestOrganization.create();
    private final V1 admin = V1.admin(organization);

    @ParameterizedTest
    @ValueSource(ints = {100, 101, 1_000})
    void whenReadAloneThenAsInAList(int number) {
        UUID ann = TestRows.person(organization, "ann", "ann@example.com", Role.MEMBER);
        groups("g", number, 10);
        join(ann, "g%");
        String listed = admin.get(USERS + "?q=ann&limit=1").asString();
        Response alone = admin.get(USERS + "/ann");
        alone.then().body("groups", hasSize(number)).body("groups[1].metadata.text", equalTo("x".repeat(10)));
        assertEquals("{\"items\":[" + alone.asString() + "]}", listed.strip());
        List<String> names = alone.path("groups.name");
        assertEquals(names.stream().sorted().toList(), names);
        admin.request()
                .header("If-None-Match", alone.header("ETag"))
                .get(USERS + "/ann")
                .then()
                .statusCode(304);
        admin.get("/api/v1/app/user?email=ann@example.com").then().body("id", equalTo(ann.toString()));
        admin.createGroup("last");
        Response left =
                admin.ifMatch("PUT", USERS + "/ann/groups", alone.header("ETag"), "{'remove_from_groups': ['g1']}");
        left.then().statusCode(200).body("groups", hasSize(number - 1));
        assertEquals(admin.get(USERS + "/ann").asString(), left.asString());
        assertEquals(admin.get(USERS + "/ann").header("ETag"), left.header("ETag"));
        admin.ifMatch("PUT", USERS + "/ann/groups", alone.header("ETag"), "{'add_to_groups': ['last']}")
                .then()
                .statusCode(412);
    }

    @Test
    void whenMetadataOfAGroupIsLongThenShown() {
        UUID ann = TestRows.person(organization, "ann", Role.MEMBER);
        // The braces, quotes and blanks around it are 12 bytes
        groups("small", 1, 4_096 - 12);
        groups("large", 1, 4_096 - 11);
        join(ann, "%");
        for (Response answer : List.of(
                admin.get(USERS + "/ann"),
                admin.put(USERS + "/ann/groups", "{}"),
                admin.patch(USERS + "/ann", "{'display_name': 'Ann'}"))) {
            assertEquals(List.of("x".repeat(4_085), "x".repeat(4_084)), answer.path("groups.metadata.text"));
        }
    }

    @Test
    void whenMetadataOfAllGroupsIsTooMuchThenTheLastOnesHaveNone() {
        UUID ann = TestRows.person(organization, "ann", Role.MEMBER);
        groups("g", 150, 20_000);
        join(ann, "g%");
        Response alone = admin.get(USERS + "/ann");
        List<Object> shown = alone.path("groups.metadata");
        assertEquals(150, shown.size());
        assertEquals(50, shown.stream().filter(metadata -> metadata == null).count());
        // However the database has read them
        List<String> ids = alone.path("groups.id");
        assertEquals(
                ids.stream().map(UUID::fromString).sorted().limit(100).toList(),
                IntStream.range(0, 150)
                        .filter(n -> shown.get(n) != null)
                        .mapToObj(n -> UUID.fromString(ids.get(n)))
                        .sorted()
                        .toList());
        assertFalse(alone.asString().contains("null"));
        assertEquals(
                "{\"items\":[" + alone.asString() + "]}",
                admin.get(USERS + "?q=ann&limit=1").asString().strip());
        assertEquals(
                Collections.nCopies(150, "x".repeat(20_000)),
                admin.get(GROUPS + "?limit=150").path("items.metadata.text"));
    }

    @Test
    void whenOneHasTooMuchThenTheNextIsAsAlone() {
        UUID ann = TestRows.person(organization, "ann", Role.MEMBER);
        UUID bob = TestRows.person(organization, "bob", Role.MEMBER);
        groups("a", 150, 20_000);
        groups("b", 5, 10);
        join(ann, "a%");
        join(bob, "b%");
        admin.get(USERS + "/bob").then().body("groups.metadata.text", equalTo(Collections.nCopies(5, "x".repeat(10))));
        assertListedAsAlone("ann", "bob");
    }

    @Test
    void whenAPageHasRoomForMoreThanAnAccountAloneThenItIsAsAlone() {
        UUID ann = TestRows.person(organization, "ann", Role.MEMBER);
        UUID bob = TestRows.person(organization, "bob", Role.MEMBER);
        groups("a", 50, 10);
        groups("b", 101, 15_000);
        join(ann, "a%");
        join(bob, "b%");
        List<Object> shown = admin.get(USERS + "/bob").path("groups.metadata");
        assertEquals(1, shown.stream().filter(metadata -> metadata == null).count());
        assertListedAsAlone("ann", "bob");
    }

    @Test
    void whenGroupsOfAPageAreTooMuchAtOnceThenThePageIsWhole() {
        List<String> names = new ArrayList<>();
        for (int n = 10; n < 40; n++) {
            String name = "user" + n;
            UUID id = TestRows.person(organization, name, name + "@example.com", Role.MEMBER);
            groups(name + "-", 120, 1_000);
            join(id, name + "-%");
            names.add(name);
        }
        List<String> all = Stream.concat(Stream.of("admin"), names.stream()).toList();
        Response page = admin.get(USERS + "?limit=20");
        assertEquals(all.subList(0, 20), page.path("items.name"));
        page.then().body("items[19].groups", hasSize(120));
        Response next = admin.get(USERS + "?limit=20&cursor=" + page.path("next_cursor"));
        assertEquals(all.subList(20, 31), next.path("items.name"));
        assertFalse(next.asString().contains("next_cursor"));
        assertEquals(all, admin.get(USERS).path("items.name"));
        assertEquals(all.subList(2, 22), admin.get("/users?limit=20&offset=2").path("username"));
        List<String> items = admin.get("/api/v2/users?limit=25&page=1").path("items.name");
        assertEquals(25, items.size());
        admin.get("/api/v1/app/users?page_size=30").then().body("users", hasSize(30));
    }

    @Test
    void whenAnAccountIsInAThousandGroupsThenItJoinsNoOther() {
        UUID ann = TestRows.person(organization, "ann", "ann@example.com", Role.MEMBER);
        Database.execute("UPDATE users SET status = 'pending_sign_up' WHERE id = ?", ann);
        groups("g", 999, 0);
        join(ann, "g%");
        groups("other", 3, 0);
        admin.put(USERS + "/ann/groups", "{'add_to_groups': ['other1']}").then().statusCode(200);

        assertInvalid(admin.put(USERS + "/ann/groups", "{'add_to_groups': ['other2']}"), "add_to_groups", FULL);
        assertInvalid(
                admin.post("/api/v1/invites", "{'email': 'ann@example.com', 'role': 'member', 'groups': ['other2']}"),
                "groups",
                FULL);
        assertInvalid(
                admin.post(GROUPS, "{'name': 'new', 'members': ['admin', 'ann']}"),
                "members",
                "must be in less than 1000 groups, and 'ann' is not");
        given().header("Authorization", "UserKey " + admin.token())
                .contentType("application/json")
                .body("{\"user_id\": \"" + ann + "\"}")
                .post("/api/v1/users/groups/other2")
                .then()
                .statusCode(400)
                .body("error.message", containsString(FULL));

        admin.put(USERS + "/ann/groups", "{'add_to_groups': ['other2'], 'remove_from_groups': ['g1']}")
                .then()
                .statusCode(200)
                .body("groups", hasSize(1_000));
    }

    @Test
    void whenALineOfAnImportHasMoreThanAThousandGroupsThenRefused() {
        groups("g", 1_001, 0);
        assertTrue(importLine(1_001).contains("\"groups: " + FULL + "."));
        assertTrue(importLine(1_000).contains("\"created\""));
        assertTrue(importLine(1_001).contains("\"groups: " + FULL + "."));
        // One that was in more before stays in those, and may leave some
        UUID ann = UUID.fromString(admin.get(USERS + "/ann").path("id"));
        groups("h", 2, 0);
        join(ann, "g1001");
        join(ann, "h%");
        assertTrue(importLine(1_001).contains("\"updated\""));
    }

    private void assertListedAsAlone(String... names) {
        Response listed = admin.get(USERS + "?limit=10");
        for (String name : names) {
            assertEquals(
                    admin.get(USERS + "/" + name).jsonPath().getMap("$"),
                    listed.jsonPath().getMap("items.find { it.name == '" + name + "' }"));
        }
    }

    private String importLine(int groups) {
        StringBuilder names = new StringBuilder();
        for (int n = 1; n <= groups; n++) {
            names.append(n == 1 ? "" : ",").append("\"g").append(n).append('"');
        }
        return admin.request()
                .contentType("application/x-ndjson")
                .body(("{\"name\": \"ann\", \"groups\": [" + names + "]}\n").getBytes(StandardCharsets.UTF_8))
                .post(USERS + "/import?mode=upsert")
                .asString();
    }

    private void groups(String prefix, int number, int length) {
        Database.execute(
                "INSERT INTO groups (organization_id, id, name, display_name, sso_name, description, metadata,"
                        + " created_at, updated_at, version)"
                        + " SELECT ?, gen_random_uuid(), ? || n, 'Group', 'group', '',"
                        + " jsonb_build_object('text', repeat('x', ?)), now(), now(), 0 FROM generate_series(1, ?) n",
                organization.id(),
                prefix,
                length,
                number);
    }

    private void join(UUID account, String groups) {
        Database.execute(
                "INSERT INTO memberships (organization_id, group_id, user_id, added_at)"
                        + " SELECT organization_id, id, ?, now() FROM groups WHERE organization_id = ? AND name LIKE ?",
                account,
                organization.id(),
                groups);
        Database.execute(
                "UPDATE groups g SET user_count = (SELECT count(*) FROM memberships m WHERE m.organization_id = g.organization_id"
                        + " AND m.group_id = g.id) WHERE organization_id = ?",
                organization.id());
    }
}
