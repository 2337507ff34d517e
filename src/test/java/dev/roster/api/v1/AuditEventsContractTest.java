package dev.roster.api.v1;

import static dev.roster.api.v1.V1.USERS;
import static dev.roster.api.v1.V1.assertProblem;
import static dev.roster.testing.JsonAnswer.assertAnswer;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.caller.Role;
import dev.roster.caller.Scope;
import dev.roster.testing.Database;
import dev.roster.testing.TestOrganization;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How audit events are read. */
@QuarkusTest
@Tag("packaged")
class AuditEventsContractTest {
    private static final String EVENTS = "/api/v1/audit-events";

    private static final List<String> PERSONS =
            Stream.generate(() -> UUID.randomUUID().toString()).limit(3).toList();

    private final TestOrganization organization = TestOrganization.create();
    private final V1 admin = V1.admin(organization);

    @Test
    void whenFoundThenTheWholeEvent() {
        String user = admin.createUser("bob").path("id");
        String id = admin.get(EVENTS + "?type=user.created").path("items[0].id");
        assertAnswer(admin.get(EVENTS + "/" + id), 200, """
                {'id': '<uuid>', 'version': 1, 'type': 'user.created', 'occurred_at': '<time>',
                 'actor': {'kind': 'account', 'id': '%s', 'name': 'admin', 'client_id': '%s', 'session_id': '<uuid>'},
                 'request': {'id': '<text>', 'ip_address': '127.0.0.1', 'user_agent': '<text>'},
                 'target': {'kind': 'user', 'id': '%s', 'name': 'bob'},
                 'after': {'username': 'bob', 'display_name': 'bob', 'role': 'member', 'status': 'active',
                           'is_onboarded': false}}""".formatted(
                        organization.client(Role.ADMIN).userId(),
                        organization.client(Role.ADMIN).clientId(),
                        user));
    }

    @Test
    void whenListedThenTheNewestFirst() {
        admin.createUser("bob");
        admin.createGroup("team");
        admin.patch(USERS + "/bob", "{'role': 'viewer'}");
        admin.get(EVENTS)
                .then()
                .statusCode(200)
                .body("items.type", contains("user.role_changed", "group.created", "user.created", "session.opened"));
    }

    @Test
    void whenListedInPartsThenEachOnce() {
        for (int i = 0; i < 5; i++) {
            admin.createUser("user" + i);
        }
        for (String filter : List.of("order=newest", "type=user.*", "type=user.created", "order=oldest")) {
            age();
            List<String> all = admin.get(EVENTS + "?" + filter).path("items.id");
            List<String> parts = new ArrayList<>();
            String cursor = "";
            while (cursor != null) {
                Response part = admin.get(EVENTS + "?limit=2&" + filter + cursor);
                parts.addAll(part.then().statusCode(200).extract().path("items.id"));
                String next = part.path("next_cursor");
                cursor = next == null ? null : "&cursor=" + next;
            }
            assertEquals(all, parts, filter);
            assertTrue(all.size() >= 5, filter);
        }
    }

    @Test
    void whenFilteredThenOnlyThose() {
        String bob = admin.createUser("bob").path("id");
        V1 second = V1.of(organization.add("second", Role.ADMIN));
        second.createUser("eve");
        second.patch(USERS + "/bob", "{'role': 'viewer', 'display_name': 'Bob'}");
        String actor = admin.get(USERS + "/second").path("id");

        admin.get(EVENTS + "?target=" + bob)
                .then()
                .body("items.type", contains("user.changed", "user.role_changed", "user.created"));
        admin.get(EVENTS + "?actor=" + actor + "&type=user.*")
                .then()
                .body("items.type", contains("user.changed", "user.role_changed", "user.created"))
                .body("items.actor.name", everyItem(equalTo("second")));
        admin.get(EVENTS + "?actor=" + actor + "&target=" + bob + "&type=user.role_changed")
                .then()
                .body("items.type", contains("user.role_changed"))
                .body("items[0].before", equalTo(java.util.Map.of("role", "member")))
                .body("items[0].after", equalTo(java.util.Map.of("role", "viewer")));
        admin.get(EVENTS + "?type=group.*").then().statusCode(200).body("items", empty());
    }

    /** However rare each is, and however rarely they meet. */
    @Test
    void whenSeveralThingsAreAskedForThenAllEventsOfAllOfThemAndNoOthers() {
        Database.execute(
                "INSERT INTO audit_events (organization_id, id, version, type, occurred_at, actor_kind, actor_id, target_kind,"
                        + " target_id)"
                        + " SELECT CAST(? AS uuid), CAST('019e8000-0000-7000-8000-' || lpad(to_hex(n), 12, '0') AS uuid), 1,"
                        + " CASE WHEN n % 97 = 0 THEN 'user.removed' WHEN n % 3 = 0 THEN 'user.changed' ELSE 'group.changed' END,"
                        + " now(), CASE WHEN n % 5 = 0 THEN 'system' ELSE 'account' END,"
                        + " CASE WHEN n % 5 > 0 THEN CAST(CASE WHEN n % 41 = 0 THEN ? WHEN n < 200 THEN ? ELSE ? END AS uuid) END,"
                        + " 'user', CAST(CASE WHEN n % 2 = 0 THEN ? WHEN n % 7 = 0 THEN ? END AS uuid)"
                        + " FROM generate_series(1, 600) n",
                organization.id(), PERSONS.get(0), PERSONS.get(1), PERSONS.get(2), PERSONS.get(0), PERSONS.get(1));
        for (String person : PERSONS) {
            for (String other : PERSONS) {
                assertMet("actor=" + person + "&target=" + other, "actor_id = ? AND target_id = ?", person, other);
                assertMet(
                        "actor=" + person + "&target=" + other + "&type=user.*",
                        "type LIKE 'user.%' AND actor_id = ? AND target_id = ?",
                        person,
                        other);
            }
            for (String type : List.of("user.removed", "user.changed", "user.*", "group.changed", "group.removed")) {
                String like = "type LIKE '" + type.replace('*', '%') + "' AND ";
                assertMet("actor=" + person + "&type=" + type, like + "actor_id = ?", person);
                assertMet("target=" + person + "&type=" + type, like + "target_id = ?", person);
            }
        }
    }

    private void assertMet(String filter, String condition, String... values) {
        for (String order : List.of("oldest", "newest")) {
            List<Object> parameters = new ArrayList<>(List.of(organization.id()));
            parameters.addAll(Stream.of(values).map(UUID::fromString).toList());
            Object expected = Database.value(
                    "SELECT coalesce(string_agg(CAST(id AS text), ',' ORDER BY id "
                            + (order.equals("oldest") ? "ASC" : "DESC")
                            + "), '') FROM audit_events WHERE organization_id = ? AND " + condition,
                    parameters.toArray());
            List<String> found = new ArrayList<>();
            String cursor = "";
            while (cursor != null) {
                Response part = admin.get(EVENTS + "?limit=70&order=" + order + "&" + filter + cursor);
                found.addAll(part.then().statusCode(200).extract().path("items.id"));
                String next = part.path("next_cursor");
                cursor = next == null ? null : "&cursor=" + next;
            }
            assertEquals(expected, String.join(",", found), filter);
        }
    }

    @Test
    void whenTimeIsGivenThenSinceIsIncludedAndUntilIsNot() {
        admin.createUser("bob");
        String time = admin.get(EVENTS + "?type=user.created").path("items[0].occurred_at");
        String at = "type=user.created&since=" + time;
        admin.get(EVENTS + "?" + at).then().body("items.type", contains("user.created"));
        // Ids have milliseconds: a time within one includes all of it
        admin.get(EVENTS + "?type=user.created&until=" + time)
                .then()
                .statusCode(200)
                .body("items", empty());
        admin.get(EVENTS + "?type=user.created&since=2999-01-01T00:00:00%2B01:00")
                .then()
                .statusCode(200)
                .body("items", empty());
    }

    @Test
    void whenFollowedThenTheLastSecondsAreLeftOut() {
        admin.createUser("bob");
        age();
        admin.createUser("eve");
        admin.get(EVENTS + "?order=oldest")
                .then()
                .statusCode(200)
                .body("items.type", contains("session.opened", "user.created"))
                .body("items[1].target.name", equalTo("bob"));
    }

    @Test
    void whenLinesAreWantedThenOneEventEach() {
        for (int i = 0; i < 3; i++) {
            admin.createUser("user" + i);
        }
        Response lines =
                admin.request().header("Accept", "application/x-ndjson").get(EVENTS + "?type=user.created");
        assertEquals(200, lines.statusCode());
        assertEquals("application/x-ndjson", lines.contentType().split(";", 2)[0]);
        List<String> names = lines.asString()
                .lines()
                .map(line -> JsonPath.from(line).getString("target.name"))
                .toList();
        assertEquals(List.of("user2", "user1", "user0"), names);
    }

    @Test
    void whenOfAnotherOrganizationThenNeverSeen() {
        admin.createUser("bob");
        String id = admin.get(EVENTS + "?type=user.created").path("items[0].id");
        String target = admin.get(EVENTS + "?type=user.created").path("items[0].target.id");
        V1 stranger = V1.admin(TestOrganization.create());
        assertProblem(stranger.get(EVENTS + "/" + id), 404, "audit_event_not_found", "Audit event not found.");
        stranger.get(EVENTS + "?target=" + target).then().statusCode(200).body("items", empty());
        stranger.get(EVENTS).then().body("items.type", contains("session.opened"));
    }

    @Test
    void whenTokenIsNarrowedOrRoleIsLowThenRefused() {
        V1 narrowed = V1.of(organization.client(Role.ADMIN), Scope.USERS_READ);
        V1 collector = V1.of(organization.client(Role.ADMIN), Scope.AUDIT_READ);
        V1 member = V1.of(organization.client(Role.MEMBER));
        for (String path : List.of(EVENTS, EVENTS + "/" + UUID.randomUUID())) {
            assertEquals(403, narrowed.get(path).statusCode());
            assertEquals(403, member.get(path).statusCode());
        }
        collector.get(EVENTS).then().statusCode(200);
        assertEquals(403, collector.get(USERS).statusCode());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "actor=bob           | actor",
                "target=1            | target",
                "type=user.*d        | type",
                "type=user           | type",
                "type=.*             | type",
                "type=nothing.*      | type",
                "since=yesterday     | since",
                "until=2026-01-31    | until",
                "since=1969-12-31T23:59:59Z | since",
                "order=desc          | order",
                "limit=0             | limit",
                "cursor=abc          | cursor"
            })
    void whenParameterIsWrongThenNamed(String query, String field) {
        admin.get(EVENTS + "?" + query)
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid_request"))
                .body("invalid_fields[0]", org.hamcrest.Matchers.startsWith(field));
    }

    /** Moves what was recorded into the past. */
    private void age() {
        Database.execute("""
                UPDATE audit_events
                   SET id = CAST(lpad(to_hex(('x' || left(replace(id::text, '-', ''), 12))::bit(48)::bigint - 60000), 12, '0')
                                 || substr(replace(id::text, '-', ''), 13) AS uuid),
                       occurred_at = %s
                 WHERE organization_id = ?""".formatted(Database.earlier("occurred_at", "interval '1 minute'")), organization.id());
    }
}
