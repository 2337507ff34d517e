package dev.roster.group;

import static dev.roster.testing.Bearer.as;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roster.caller.Role;
import dev.roster.platform.background.Parts;
import dev.roster.testing.Database;
import dev.roster.testing.Eventually;
import dev.roster.testing.NoDeadlock;
import dev.roster.testing.TableLock;
import dev.roster.testing.TestOrganization;
import dev.roster.testing.TestRows;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A group with more members than leave at once is removed: part after part, to the end, and nobody else waits for it. */
@QuarkusTest
@ExtendWith(NoDeadlock.class)
class GroupRemovalTest {
    private static final String GROUPS = "/api/v1/groups/";
    private static final int MEMBERS = 5 * Parts.SIZE + 1;

    @Inject
    GroupRemoval removal;

    private final TestOrganization organization = TestOrganization.create();
    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private String admin;
    private UUID group;

    @BeforeEach
    void begin() {
        admin = organization.token(Role.ADMIN);
        group = TestRows.group(organization, "staff");
        TestRows.group(organization, "core");
        TestRows.persons(organization, "p", MEMBERS, 0);
        Database.execute(
                "INSERT INTO memberships (organization_id, group_id, user_id, added_at)"
                        + " SELECT organization_id, ?, id, now() FROM users WHERE organization_id = ? AND username LIKE 'p%'",
                group, organization.id());
        Database.execute("UPDATE groups SET user_count = ? WHERE id = ?", MEMBERS, group);
    }

    @AfterEach
    void end() {
        threads.shutdown();
    }

    @Test
    void whenLargeThenNoStatementTakesMoreThanAPartAndAllGoes() {
        Database.execute("CREATE FUNCTION refuse_many_members() RETURNS trigger LANGUAGE plpgsql AS"
                + " $$BEGIN IF (SELECT count(*) FROM gone) > 1000 THEN RAISE EXCEPTION 'too many'; END IF;"
                + " RETURN NULL; END$$");
        try {
            Database.execute(
                    "CREATE TRIGGER refuse_many_members AFTER DELETE ON memberships REFERENCING OLD TABLE AS gone"
                            + " FOR EACH STATEMENT EXECUTE FUNCTION refuse_many_members()");
            assertEquals(204, remove().statusCode());
        } finally {
            Database.execute("DROP FUNCTION refuse_many_members() CASCADE");
        }
        assertGone();
        assertEquals(List.of(), as(admin).get("/api/v1/users/p00007").path("groups"));
        as(admin).body("{\"name\": \"staff\"}").post("/api/v1/groups").then().statusCode(201);
    }

    @Test
    void whenItsMembersAreHeldThenItIsShownButNobodyJoinsAndNobodyElseWaits() throws Exception {
        TestRows.person(organization, "ada", Role.MEMBER);
        Future<Response> first;
        Future<Response> second;
        try (TableLock members = TableLock.ofRows("memberships", organization.id())) {
            first = threads.submit(this::remove);
            Eventually.holds(() -> Database.value("SELECT removed_at FROM groups WHERE id = ?", group) != null);
            try (TableLock found = TableLock.ofRow("groups", group)) {
                second = threads.submit(this::remove);
                found.awaitWaiting(); // Else it might come when the group is gone
            }
            as(admin).get(GROUPS + "staff").then().statusCode(200);
            Response refused = join("staff");
            assertEquals(404, refused.statusCode());
            assertEquals("Group 'staff' not found.", refused.path("detail"));
            assertEquals(404, openTo("staff").statusCode());
            assertEquals(201, openTo("core").statusCode());
            assertEquals(200, join("core").statusCode());
            assertEquals(0, members.waiting());
        }
        assertEquals(204, first.get().statusCode());
        assertEquals(204, second.get().statusCode());
        assertGone();
    }

    @Test
    void whenOneOfItsMembersIsHeldAndStaysThenItLeavesAfterAll() throws Exception {
        Future<Response> removed;
        try (TableLock one = TableLock.holding("one of many")) {
            one.executeAtOnce("SELECT FROM memberships WHERE user_id = (SELECT id FROM users WHERE organization_id = '"
                    + organization.id() + "' AND username = 'p02500') FOR UPDATE");
            removed = threads.submit(this::remove);
            Eventually.holds(() -> members() == 1);
            as(admin).get(GROUPS + "staff").then().statusCode(200);
        }
        assertEquals(204, removed.get().statusCode());
        assertGone();
    }

    @Test
    void whenItsRemovalBeginsWhileSomebodyIsAboutToJoinThenRefused() throws Exception {
        TestRows.person(organization, "ada", Role.MEMBER);
        // Or the next round of the background takes them
        try (TableLock kept = TableLock.ofRows("memberships", organization.id())) {
            Future<Response> joined;
            try (TableLock held = TableLock.ofRow("groups", group)) {
                joined = threads.submit(() -> join("staff"));
                held.awaitWaiting(); // It has the name
                held.executeAtOnce("UPDATE groups SET removed_at = now() WHERE id = '" + group + "'");
                held.commit();
            }
            assertEquals(404, joined.get().statusCode());
            assertEquals("A group was deleted at the same time.", joined.get().path("detail"));
            assertEquals(MEMBERS, members());
            kept.commit();
        }
    }

    @Test
    void whenAReplicaWasKilledInBetweenThenAnotherGoesOn() throws Throwable {
        Database.execute("UPDATE groups SET removed_at = now() WHERE id = ?", group);
        VertxContextSupport.subscribeAndAwait(removal::run);
        assertEquals(404, as(admin).get(GROUPS + "staff").statusCode());
        assertEquals(0L, members());
    }

    /** Makes an application for the members of a group. */
    private Response openTo(String name) {
        return as(admin)
                .body("{\"name\": \"Wiki\", \"redirect_uris\": [\"https://wiki.example.com/cb\"],"
                        + " \"scopes\": [\"users:read\"], \"groups\": [\"" + name + "\"]}")
                .post("/api/v1/applications");
    }

    private void assertGone() {
        assertEquals(404, as(admin).get(GROUPS + "staff").statusCode());
        assertEquals(0L, members());
        assertEquals(
                MEMBERS + 0L,
                Database.value(
                        "SELECT count(*) FROM users WHERE organization_id = ? AND username LIKE 'p%'",
                        organization.id()));
        List<Object> removals =
                as(admin).get("/api/v1/audit-events?type=group.removed").path("items.details.members");
        assertEquals(List.of(MEMBERS), removals);
    }

    private long members() {
        return (long) Database.value("SELECT count(*) FROM memberships WHERE group_id = ?", group);
    }

    private Response remove() {
        return as(admin).delete(GROUPS + "staff");
    }

    private Response join(String name) {
        return as(admin).body("{\"add_to_groups\": [\"" + name + "\"]}").put("/api/v1/users/ada/groups");
    }
}
